// 发展客户: a lead becomes a pre-registration. In marketing plan 2.0 its phone goes along unseen.
import { enter, expect, expectStatus, ready, test } from './support/app';
import { field, haveLead, newLead } from './support/leads';

test('a lead is developed and keeps its pre-registration', async ({ page, words }) => {
  expectStatus(page, 422);
  const { develop } = words;
  const lead = newLead();
  await enter(page, 'xinghe/ma');
  const { number } = await haveLead(page, lead);
  await page.getByRole('link', { name: develop.step, exact: true }).click();
  await ready(page);
  const dialog = page.getByRole('dialog', { name: develop.step });
  await expect(dialog.getByText(develop.sealed)).toBeVisible();
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

  await page.getByRole('link', { name: /^BB\d{8}$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: develop.page })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: develop.held })).toBeVisible();
  await expect(page.getByText('下周签约')).toBeVisible();
  expect(await page.content()).not.toContain(lead.phone.slice(-6));
  await page.getByRole('link', { name: number }).click();
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible();
});
