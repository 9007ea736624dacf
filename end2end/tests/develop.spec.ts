// 发展客户: a lead becomes a pre-registration. In marketing plan 2.0 its phone goes along unseen.
import { expect, expectStatus, hasJavaScript, open, ready, signIn, test } from './support/app';
import { axe } from './support/axe';
import { createLead, field, followUp, newLead } from './support/leads';
import { languages, zh } from './support/words';

for (const words of languages) {
  test(`a lead is developed and keeps its pre-registration, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 422);
    const { develop } = words;
    const lead = newLead();
    await signIn(page, 'xinghe/ma', words);
    const { number } = await createLead(page, lead, words);
    await page.getByRole('link', { name: develop.step, exact: true }).click();
    await ready(page);
    const dialog = page.getByRole('dialog', { name: develop.step });
    await expect(dialog.getByText(develop.sealed)).toBeVisible();
    if (hasJavaScript()) await axe(page);
    expect(await page.content()).not.toContain(lead.phone.slice(-6));

    await test.step('an invitation needs an e-mail address, which this lead has not', async () => {
      await field(dialog, develop.invite).selectOption({ label: develop.yes });
      await dialog.getByRole('button', { name: develop.submit }).click();
      await expect(field(dialog, develop.email)).toHaveAccessibleDescription(new RegExp(words.required));
    });

    await field(dialog, develop.email).fill('li@mail.example');
    await field(dialog, develop.remark).fill('下周签约');
    await dialog.getByRole('button', { name: develop.submit }).click();
    await expect(page.getByRole('status').filter({ hasText: develop.done })).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: words.states.converted })).toBeVisible();
    if (hasJavaScript()) await axe(page);

    await page.getByRole('link', { name: /^BB\d{8}$/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: develop.page })).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: develop.held })).toBeVisible();
    await expect(page.getByText('下周签约')).toBeVisible();
    expect(await page.content()).not.toContain(lead.phone.slice(-6));
    if (hasJavaScript()) await axe(page);
    await page.getByRole('link', { name: number }).click();
    await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible();
  });
}

test('a follow-up that says so leads to the pre-registration', async ({ page }) => {
  await signIn(page, 'yunfan/wu');
  await createLead(page, newLead());
  await followUp(page, zh, { outcome: zh.outcomes.developed, content: '客户已同意' });
  await expect(page).toHaveURL(/\/develop$/);
  const dialog = page.getByRole('dialog', { name: zh.develop.step });
  await field(dialog, zh.develop.invite).selectOption({ label: zh.develop.no });
  await dialog.getByRole('button', { name: zh.develop.submit }).click();
  await expect(page.getByRole('status').filter({ hasText: zh.develop.done })).toBeVisible();
});

test('somebody else does not find the pre-registration', async ({ page, anotherPage }) => {
  await signIn(page, 'xinghe/ma');
  await createLead(page, newLead());
  await open(page, `${page.url()}/develop`);
  await field(page, zh.develop.invite).selectOption({ label: zh.develop.no });
  await page.getByRole('button', { name: zh.develop.submit }).click();
  const link = page.getByRole('link', { name: /^BB\d{8}$/ });
  const address = (await link.getAttribute('href'))!;
  const other = await anotherPage();
  expectStatus(other, 404);
  await signIn(other, 'yunfan/admin');
  expect(await open(other, address)).toBe(404);
});
