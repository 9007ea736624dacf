// 操作验证码: what asks for one, and the code itself, by SMS and wrong too often. Each test has a company of its own, since its switch is for all.
import type { Page } from '@playwright/test';
import { arrive, expect, expectStatus, open, test } from './support/app';
import { codeFrom } from './support/codes';
import { newCompany, signInFirst, type Company } from './support/company';
import { field, uploadLeads } from './support/leads';
import { fillPerson, newMember, peopleWords } from './support/people';
import { languages, zh, type Words } from './support/words';

/** Signs in as the administrator of a new company, who can be reached, and turns the switch on. */
async function withCodes(page: Page, words: Words): Promise<Company> {
  const t = peopleWords(words);
  const company = newCompany();
  await signInFirst(page, company, words);
  await open(page, '/profile/edit');
  const dialog = page.getByRole('dialog', { name: t.editOwn });
  await field(dialog, t.newMobile).fill(`135${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`);
  await field(dialog, t.newEmail).fill(`admin@${company.tenant}.example`);
  await field(dialog, words.oldPassword).fill(company.password);
  await dialog.getByRole('button', { name: words.save, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: t.ownEdited })).toBeVisible();
  await open(page, '/verification');
  await page.getByRole('button', { name: words.code.turnOn, exact: true }).click();
  await expect(page.getByText(words.code.isOn)).toBeVisible();
  return company;
}

/** The code that was sent for this, read in another browser. */
async function codeOf({ tenant, account, password }: Company, reader: Page, about: string): Promise<string> {
  await arrive(reader, zh, tenant, account, password);
  return codeFrom(reader, about);
}

for (const words of languages) {
  const { code } = words;

  test(`many values are opened with a code by SMS, in ${words.tag}`, async ({ page, anotherPage }) => {
    expectStatus(page, 422);
    const company = await withCodes(page, words);
    await uploadLeads(page, words, 51);
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

  test(`roles and the switch itself ask for a code, in ${words.tag}`, async ({ page, anotherPage }) => {
    expectStatus(page, 422);
    const [t, company, reader] = [peopleWords(words), await withCodes(page, words), await anotherPage()];
    const dialog = page.getByRole('dialog', { name: code.dialog });
    const askByEmail = async () => {
      await dialog.getByRole('button', { name: code.byEmail }).click();
      await expect(dialog.getByText(code.sent)).toBeVisible();
    };
    const answer = async (typed: string) => {
      await dialog.getByLabel(code.field, { exact: true }).fill(typed);
      await dialog.getByRole('button', { name: code.confirm }).click();
    };

    await open(page, '/members/new');
    await fillPerson(page, words, newMember());
    await page.getByRole('button', { name: t.next, exact: true }).click();
    await page.getByRole('checkbox', { name: t.finance, exact: true }).check();
    await page.getByRole('button', { name: t.save, exact: true }).click();
    await expect(dialog).toContainText(code.roles);
    await askByEmail();
    await answer(await codeOf(company, reader, code.rolesInLetter));
    await expect(page.getByRole('status').filter({ hasText: t.created })).toBeVisible();
    await expect(page.getByText(t.finance).first()).toBeVisible();

    await open(page, '/verification');
    await page.getByRole('button', { name: code.turnOff, exact: true }).click();
    await askByEmail();
    await answer('abc');
    await expect(dialog.getByRole('alert')).toContainText(code.twoTries);
    await answer(await codeFrom(reader, code.inLetter));
    await expect(page.getByText(code.isOff)).toBeVisible();
  });

  test(`three wrong tries end a code, and the right one helps no more, in ${words.tag}`, async ({ page, anotherPage }) => {
    expectStatus(page, 422);
    const company = await withCodes(page, words);
    await page.getByRole('button', { name: code.turnOff, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: code.dialog });
    await dialog.getByRole('button', { name: code.byEmail }).click();
    await expect(dialog.getByText(code.sent)).toBeVisible();
    const right = await codeOf(company, await anotherPage(), code.inLetter);
    const wrong = right === '000000' ? '111111' : '000000';
    const answer = async (typed: string, told: string) => {
      await dialog.getByLabel(code.field, { exact: true }).fill(typed);
      await dialog.getByRole('button', { name: code.confirm }).click();
      await expect(dialog.getByRole('alert')).toContainText(told);
    };
    await answer(wrong, code.twoTries);
    await answer(wrong, code.oneTry);
    await answer(wrong, code.usedUp);
    await expect(dialog.getByLabel(code.field, { exact: true })).toHaveCount(0);
    await dialog.getByRole('button', { name: code.byEmail }).click();
    await expect(dialog.getByText(code.sent)).toBeVisible();
    await answer(right, code.twoTries);
    await open(page, '/verification');
    await expect(page.getByRole('button', { name: code.turnOff, exact: true })).toBeVisible();
  });
}
