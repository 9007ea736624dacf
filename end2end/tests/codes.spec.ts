// 操作验证码: the code that is asked for, by SMS and by e-mail. Each test has a company of its own, since its switch is for all.
import type { Page } from '@playwright/test';
import { enterBy, expect, expectStatus, open, post, test } from './support/app';
import { codeFrom } from './support/codes';
import { enterFirst, newCompany, type Company } from './support/company';
import { field, uploadLeads } from './support/leads';
import { peopleWords } from './support/people';
import type { Words } from './support/words';

/** Is the administrator of a new company, who can be reached, with the switch on. */
async function withCodes(page: Page, words: Words): Promise<Company> {
  const t = peopleWords(words);
  const company = newCompany();
  await enterFirst(page, company);
  await open(page, '/profile/edit');
  const dialog = page.getByRole('dialog', { name: t.editOwn });
  await field(dialog, t.newMobile).fill(`135${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`);
  await field(dialog, t.newEmail).fill(`admin@${company.tenant}.example`);
  await field(dialog, words.oldPassword).fill(company.password);
  await dialog.getByRole('button', { name: words.save, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: t.ownEdited })).toBeVisible();
  await post(page, '/verification', { wanted: 'on' });
  return company;
}

/** The code that was sent for this, read in another browser. */
async function codeOf({ tenant, account, password }: Company, reader: Page, about: string): Promise<string> {
  await enterBy(reader, tenant, account, password);
  return codeFrom(reader, about);
}

test('many values are opened with a code by SMS', async ({ page, words, anotherPage }) => {
  expectStatus(page, 422);
  const { code } = words;
  const company = await withCodes(page, words);
  await uploadLeads(page, 51);
  await page.getByRole('button', { name: words.bring.confirm }).click();
  await expect(page.getByRole('link', { name: words.bring.toLeads })).toBeVisible({ timeout: 30_000 });
  const address = '/leads?size=100&state=all';
  await open(page, address);
  const eye = page.getByRole('button', { name: words.show(words.company), exact: true });
  await eye.click();
  const dialog = page.getByRole('dialog', { name: code.dialog });
  await expect(dialog).toContainText(code.many);
  await dialog.getByRole('button', { name: code.bySms }).click();
  await expect(dialog.getByText(code.sent)).toBeVisible();
  const right = await codeOf(company, await anotherPage(), code.manyInLetter);
  await dialog.getByLabel(code.field, { exact: true }).fill(right);
  await dialog.getByRole('button', { name: code.confirm }).click();
  await expect(eye).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(address);
  await expect(page.getByText(/^上海.{7}科技有限公司$/)).toHaveCount(51);
});

test('the switch itself asks for a code by e-mail, and says how many tries are left', async ({ page, words, anotherPage }) => {
  expectStatus(page, 422);
  const { code } = words;
  const company = await withCodes(page, words);
  await open(page, '/verification');
  await page.getByRole('button', { name: code.turnOff, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: code.dialog });
  await dialog.getByRole('button', { name: code.byEmail }).click();
  await expect(dialog.getByText(code.sent)).toBeVisible();
  const answer = async (typed: string) => {
    await dialog.getByLabel(code.field, { exact: true }).fill(typed);
    await dialog.getByRole('button', { name: code.confirm }).click();
  };
  await answer('abc');
  await expect(dialog.getByRole('alert')).toContainText(code.twoTries);
  await answer(await codeOf(company, await anotherPage(), code.inLetter));
  await expect(page.getByText(code.isOff)).toBeVisible();
});
