// 组织成员 and 角色管理: administrators create, change, disable; nobody else gets there.
import type { Page } from '@playwright/test';
import { expect, expectStatus, hasJavaScript, open, sendCredentials, signIn, speak, test } from './support/app';
import { cast } from './support/cast';
import { condition, field, search } from './support/leads';
import { called, createMember, fillPerson, newMember, peopleWords, signInAsCreated, type NewMember } from './support/people';
import { languages, zh, type Words } from './support/words';

for (const words of languages) {
  const t = peopleWords(words);

  test(`a member is created in two steps and must change the password, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, 'yunfan/admin', words);
    const member = newMember();
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
    await open(theirs, '/sign-in');
    await speak(theirs, words);
    await sendCredentials(theirs, words, 'yunfan', member.account, password);
    await expect(theirs.getByText(t.firstPassword)).toBeVisible();
  });

  test(`roles, password and access are changed and taken, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, 'yunfan/admin', words);
    const member = newMember();
    await createMember(page, words, member, [t.finance]);
    const url = page.url();
    const dialog = (name: string) => page.getByRole('dialog', { name });
    const link = (name: string) => page.getByRole('link', { name, exact: true });
    const told = (word: string) => expect(page.getByRole('status').filter({ hasText: word })).toBeVisible();

    await link(t.edit).click();
    await field(dialog(t.edit), t.name).fill('测试员二');
    await dialog(t.edit).getByRole('button', { name: t.edit, exact: true }).click();
    await told(t.edited);
    await expect(page.getByText('测试员二').first()).toBeVisible();

    await link(t.resetPassword).click();
    const initial = await field(dialog(t.resetPassword), t.initial).inputValue();
    await dialog(t.resetPassword).getByRole('button', { name: t.resetPassword, exact: true }).click();
    await told(t.passwordReset);
    expect(await page.content()).not.toContain(initial);

    const theirs = await anotherPage();
    await open(theirs, '/sign-in');
    await speak(theirs, words);
    await sendCredentials(theirs, words, 'yunfan', member.account, initial);
    await expect(theirs.getByText(t.firstPassword)).toBeVisible();

    await open(page, url);
    await link(t.disable).click();
    await dialog(t.disable).getByRole('button', { name: t.disable, exact: true }).click();
    await told(t.disabled);
    await open(theirs, '/change-password');
    await expect(theirs.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();
    await link(t.enable).click();
    await dialog(t.enable).getByRole('button', { name: t.enable, exact: true }).click();
    await told(t.enabled);
  });

  test(`what does not go together is refused beside the roles, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 422);
    await signIn(page, 'yunfan/admin', words);
    const member = newMember();
    await createMember(page, words, member, [t.finance]);
    await page.getByRole('link', { name: t.changeRoles, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: t.changeRoles });
    await dialog.getByRole('checkbox', { name: t.admin, exact: true }).check();
    await dialog.getByRole('button', { name: t.changeRoles, exact: true }).click();
    await expect(dialog.getByText(t.alone).first()).toBeVisible();
    await expect(dialog.getByRole('checkbox', { name: t.finance, exact: true })).toBeChecked();
    await dialog.getByRole('checkbox', { name: t.admin, exact: true }).uncheck();
    await dialog.getByRole('checkbox', { name: t.manager, exact: true }).check();
    await dialog.getByRole('button', { name: t.changeRoles, exact: true }).click();
    await expect(field(dialog, t.supervisor)).toHaveAccessibleDescription(new RegExp(words.required));
    await field(dialog, t.supervisor).selectOption({ label: '罗佳 (luo.jia)' });
    await dialog.getByRole('button', { name: t.changeRoles, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: t.rolesChanged })).toBeVisible();
    await expect(page.getByText('罗佳').first()).toBeVisible();
  });

  test(`an account manager is put under another supervisor, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'yunfan/admin', words);
    const { first, second, manager } = await createTeam(page, words);
    await openMember(page, manager);
    await expect(page.getByRole('definition').filter({ hasText: first.name })).toBeVisible();
    await page.getByRole('link', { name: t.setSupervisor, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: t.setSupervisor });
    await field(dialog, t.supervisor).selectOption({ label: called(second) });
    await dialog.getByRole('button', { name: t.setSupervisor, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: t.supervisorSet })).toBeVisible();
    await page.getByRole('definition').getByRole('link', { name: second.name, exact: true }).click();
    await expect(page.getByRole('heading', { name: t.team })).toBeVisible();
    await expect(page.getByRole('link', { name: called(manager) })).toBeVisible();
    await openMember(page, first);
    await expect(page.getByRole('heading', { name: t.team })).toHaveCount(0);
  });

  test(`a supervisor who is one no longer leaves managers who are given another, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'yunfan/admin', words);
    const { first, second, manager } = await createTeam(page, words);
    await openMember(page, first);
    await page.getByRole('link', { name: t.changeRoles, exact: true }).click();
    const roles = page.getByRole('dialog', { name: t.changeRoles });
    await roles.getByRole('checkbox', { name: t.supervises, exact: true }).uncheck();
    await roles.getByRole('checkbox', { name: t.finance, exact: true }).check();
    await roles.getByRole('button', { name: t.changeRoles, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: t.leftAlone })).toBeVisible();

    await openMember(page, manager);
    await expect(page.getByText(t.reassign)).toBeVisible();
    const unassigned = async () => {
      await open(page, '/members');
      await condition(page, words.account).fill(manager.account);
      await condition(page, words.state).selectOption({ label: t.unassigned });
      await search(page, words);
    };
    await unassigned();
    await page.getByRole('link', { name: `${t.setSupervisor} ${manager.account}` }).click();
    const dialog = page.getByRole('dialog', { name: t.setSupervisor });
    await expect(dialog.getByRole('option', { name: called(first) })).toHaveCount(0);
    await field(dialog, t.supervisor).selectOption({ label: called(second) });
    await dialog.getByRole('button', { name: t.setSupervisor, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: t.supervisorSet })).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: second.name })).toBeVisible();
    await expect(page.getByText(t.reassign)).toHaveCount(0);
    await unassigned();
    await expect(page.getByRole('link', { name: manager.account, exact: true })).toHaveCount(0);
  });

  test(`a role counts for its holder as it is now, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, 'yunfan/admin', words);
    const name = `角色${Math.floor(Math.random() * 1e9)}`;
    await open(page, '/roles/new');
    await field(page, t.roleName).fill(name);
    await page.getByRole('checkbox', { name: t.audit, exact: true }).check();
    await page.getByRole('button', { name: t.save, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: t.roleCreated })).toBeVisible();
    const member = newMember();
    const initial = await createMember(page, words, member, [name]);

    const theirs = await anotherPage();
    expectStatus(theirs, 403);
    await signInAsCreated(theirs, words, member, initial);
    const menu = theirs.getByRole('navigation', { name: words.mainMenu });
    await expect(menu.getByText(words.sales, { exact: true })).toHaveCount(0);
    expect(await open(theirs, '/audit')).toBe(200);
    expect(await open(theirs, '/leads')).toBe(403);

    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
    await test.step('it is changed', async () => {
      await open(page, '/roles');
      await expect(row.getByRole('cell').nth(2)).toHaveText('1');
      await row.getByRole('link', { name: `${t.editRole} ${name}` }).click();
      await expect(field(page, t.roleName)).toHaveValue(name);
      await page.getByRole('checkbox', { name: t.audit, exact: true }).uncheck();
      await page.getByRole('checkbox', { name: t.seeLeads, exact: true }).check();
      await page.getByRole('button', { name: words.save, exact: true }).click();
      await expect(page.getByRole('status').filter({ hasText: t.roleEdited })).toBeVisible();
      await expect(row.getByRole('cell').nth(1)).toHaveText(t.seeLeads);
    });
    expect(await open(theirs, '/leads')).toBe(200);
    await menu.getByText(words.sales, { exact: true }).click();
    await expect(menu.getByRole('link', { name: words.leads, exact: true })).toBeVisible();
    expect(await open(theirs, '/audit')).toBe(403);

    await test.step('it is not given up while somebody holds it', async () => {
      await expect(row.getByRole('link', { name: `${t.deleteRole} ${name}` })).toHaveCount(0);
      await expect(row.getByTitle(t.roleHeld)).toBeVisible();
    });
  });

  test(`a role whose qualification is under review stays ticked, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 422);
    await signIn(page, 'yunfan/admin', words);
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
  });

  test(`a role of one's own is made and given up, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'yunfan/admin', words);
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
}

test('the contacts for customers are chosen in an order, in both languages', async ({ page }) => {
  expectStatus(page, 422);
  // Either project has a partner of its own, since a partner has one list.
  const [member, other] = hasJavaScript()
    ? (['xinghe/admin', '马骏 (ma)'] as const)
    : (['qingshan/admin', '贺文博 (he)'] as const);
  await signIn(page, member);
  for (const words of languages) {
    const t = peopleWords(words);
    await open(page, '/members');
    await speak(page, words);
    await page.getByRole('link', { name: t.contacts, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: t.contacts })).toBeVisible();
    await expect(page.getByText(t.noContacts)).toBeVisible();
    await expect(page.getByRole('cell', { name: cast[member], exact: true })).toBeVisible();
    const keep = page.getByRole('button', { name: t.keepContacts, exact: true });

    await test.step('nobody stands in two places', async () => {
      await field(page, t.firstContact).selectOption({ label: other });
      await field(page, t.secondContact).selectOption({ label: other });
      await keep.click();
      await expect(field(page, t.secondContact)).toHaveAccessibleDescription(t.chosenTwice);
    });

    await field(page, t.secondContact).selectOption({ label: `${cast[member]} (admin)` });
    await keep.click();
    await expect(page.getByRole('status').filter({ hasText: t.contactsKept })).toBeVisible();
    await expect(page.getByRole('row')).toHaveText([new RegExp(t.name), new RegExp(other.split(' ')[0]!), new RegExp(cast[member])]);
    await expect(page.getByText(/\d{3}\*{4}\d{4}/)).toHaveCount(2);

    await field(page, t.firstContact).selectOption({ label: t.nobody });
    await field(page, t.secondContact).selectOption({ label: t.nobody });
    await keep.click();
    await expect(page.getByText(t.noContacts)).toBeVisible();
  }
});

test('an account that is taken is said beside its field', async ({ page }) => {
  expectStatus(page, 422);
  await signIn(page, 'yunfan/admin');
  const t = peopleWords(zh);
  const member = newMember();
  await createMember(page, zh, member, [t.finance]);
  await open(page, '/members/new');
  await fillPerson(page, zh, member);
  await page.getByRole('button', { name: t.next, exact: true }).click();
  await page.getByRole('checkbox', { name: t.finance, exact: true }).check();
  await page.getByRole('button', { name: t.save, exact: true }).click();
  for (const label of [zh.account, t.mobile, zh.email]) {
    await expect(field(page, label)).toHaveAccessibleDescription(new RegExp(t.taken));
  }
});

test('what an administrator cannot do to itself says why', async ({ page }) => {
  await signIn(page, 'yunfan/admin');
  const t = peopleWords(zh);
  await open(page, '/members?account=admin');
  await page.getByRole('link', { name: 'admin', exact: true }).click();
  for (const name of [t.changeRoles, t.disable, t.resetPassword]) {
    const button = page.getByRole('button', { name, exact: true });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(t.oneself);
  }
});

for (const words of languages) {
  const t = peopleWords(words);

  test(`the eye of the list opens a column and closes it again, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'qingshan/admin', words);
    await open(page, '/members?size=10');
    const eye = page.getByRole('button', { name: words.show(t.mobile), exact: true });
    await expect(page.getByText(/\d{3}\*{4}\d{4}/).first()).toBeVisible();
    await eye.click();
    await expect(eye).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByText(/^\d{11}$/).first()).toBeVisible();
    await eye.click();
    await expect(eye).toHaveAttribute('aria-pressed', 'false');
    await expect(page.getByText(/^\d{11}$/)).toHaveCount(0);
  });

  for (const member of ['yunfan/lin', 'yunfan/wu', 'yunfan/qian'] as const) {
    test(`${member} manages no members, is offered none and refused them, in ${words.tag}`, async ({ page }) => {
      expectStatus(page, 403);
      await signIn(page, member, words);
      const menu = page.getByRole('navigation', { name: words.mainMenu });
      await expect(menu.getByText(t.organisation, { exact: true })).toHaveCount(0);
      for (const address of ['/members', '/members/new', '/members/contacts', '/roles', '/roles/new', '/access?account=zhao']) {
        expect(await open(page, address), address).toBe(403);
        await expect(page.getByRole('heading', { level: 1, name: words.denied })).toBeVisible();
      }
    });
  }
}

/** Two supervisors, and an account manager under the first of them. */
async function createTeam(page: Page, words: Words) {
  const t = peopleWords(words);
  const first = { ...newMember(), name: '主管甲' };
  const second = { ...newMember(), name: '主管乙' };
  const manager = newMember();
  for (const one of [first, second]) await createMember(page, words, one, [t.supervises]);
  await createMember(page, words, manager, [t.manager], first);
  return { first, second, manager };
}

/** Opens a member's page from the list. */
async function openMember(page: Page, member: NewMember) {
  await open(page, `/members?account=${member.account}`);
  await page.getByRole('link', { name: member.account, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: member.account })).toBeVisible();
}
