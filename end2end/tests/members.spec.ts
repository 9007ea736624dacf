// 组织成员 and 角色管理: administrators create members and give them roles.
import { enter, expect, expectStatus, hasJavaScript, open, test } from './support/app';
import { signInFirst } from './support/company';
import { field } from './support/leads';
import { fillPerson, newMember, peopleWords } from './support/people';

test('a member is created in two steps and must change the password', async ({ page, words, anotherPage }) => {
  const t = peopleWords(words);
  await enter(page, 'yunfan/admin');
  const member = newMember();
  await open(page, '/');
  await page.getByText(t.organisation, { exact: true }).first().click();
  await page.getByRole('navigation', { name: words.mainMenu }).getByRole('link', { name: t.members }).click();
  await page.getByRole('link', { name: t.create }).click();
  await fillPerson(page, words, member);
  await page.getByRole('button', { name: t.next, exact: true }).click();

  await test.step('going back loses nothing', async () => {
    await page.getByRole('checkbox', { name: t.finance, exact: true }).check();
    await page.getByRole('button', { name: t.back, exact: true }).click();
    await expect(field(page, words.account)).toHaveValue(member.account);
    await expect(field(page, t.mobile)).toHaveValue(member.phone);
    await page.getByRole('button', { name: t.next, exact: true }).click();
    await expect(page.getByRole('checkbox', { name: t.finance, exact: true })).toBeChecked();
  });

  const password = await field(page, t.initial).inputValue();
  await page.getByRole('button', { name: t.save, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: t.created })).toBeVisible();
  await expect(page.getByText(`${member.phone.slice(0, 3)}****${member.phone.slice(-4)}`)).toBeVisible();

  const theirs = await anotherPage();
  await signInFirst(theirs, { tenant: 'yunfan', account: member.account, password });
});

test('a role under review stays ticked, and what does not go with it is refused beside the roles', async ({
  page,
  words,
}) => {
  expectStatus(page, 422);
  const t = peopleWords(words);
  await enter(page, 'yunfan/admin');
  await open(page, '/members?account=gao.feng');
  await page.getByRole('link', { name: 'gao.feng', exact: true }).click();
  await page.getByRole('link', { name: t.changeRoles, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: t.changeRoles });
  const architect = dialog.getByRole('checkbox', { name: t.architect, exact: true });
  await expect(architect).toBeChecked();
  await expect(architect).toBeDisabled();
  await expect(architect).toHaveAccessibleDescription(t.reviewed);
  await dialog.getByRole('checkbox', { name: t.manager, exact: true }).uncheck();
  await dialog.getByRole('checkbox', { name: t.admin, exact: true }).check();
  await dialog.getByRole('button', { name: t.changeRoles, exact: true }).click();
  await expect(dialog.getByText(t.alone).first(), 'what is fixed is sent as well').toBeVisible();
  await expect(architect).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: t.admin, exact: true })).toBeChecked();
});

test('a role is made and given up', async ({ page, words }) => {
  const t = peopleWords(words);
  await enter(page, 'yunfan/admin');
  await open(page, '/roles');
  await page.getByRole('link', { name: t.newRole }).click();
  const name = `角色${Math.floor(Math.random() * 1e9)}`;
  await field(page, t.roleName).fill(name);
  await page.getByRole('checkbox', { name: t.audit, exact: true }).check();
  await page.getByRole('button', { name: t.save, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: t.roleCreated })).toBeVisible();
  await page.getByRole('link', { name: `${t.deleteRole} ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: t.deleteRole, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: t.roleDeleted })).toBeVisible();
  await expect(page.getByText(name)).toHaveCount(0);
});

test('the eye of the list opens a column and closes it again', async ({ page, words }) => {
  await enter(page, hasJavaScript() ? 'qingshan/admin' : 'xinghe/admin');
  await open(page, '/members?size=10');
  const eye = page.getByRole('button', { name: words.show(peopleWords(words).mobile), exact: true });
  await expect(page.getByText(/\d{3}\*{4}\d{4}/).first()).toBeVisible();
  await eye.click();
  await expect(eye).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText(/^\d{11}$/).first()).toBeVisible();
  await eye.click();
  await expect(eye).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByText(/^\d{11}$/)).toHaveCount(0);
});
