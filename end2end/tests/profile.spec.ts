// One's own page, and why one can or cannot.
import type { Page } from '@playwright/test';
import {
  arrive,
  expect,
  expectStatus,
  hasJavaScript,
  open,
  sendCredentials,
  signIn,
  signOut,
  speak,
  test,
} from './support/app';
import { PASSWORD } from './support/cast';
import { createLead, field, newLead } from './support/leads';
import { newMember, peopleWords, signInAsNewcomer } from './support/people';
import { en, languages, zh, type Words } from './support/words';

/** A customer of the demo as whom nobody else signs in: one for each project, since both run at once. */
function customer(number: number): string {
  return `customer${String(number + (hasJavaScript() ? 0 : 10))}`;
}

/** What the page says of this. */
function fact(page: Page, term: string) {
  const named = page.getByRole('term').filter({ hasText: new RegExp(`^\\s*${term}\\s*$`) });
  return page.locator('dl > div').filter({ has: named }).getByRole('definition');
}

/** Opens the dialog of one's own data. */
async function editOwn(page: Page, words: Words) {
  const t = peopleWords(words);
  await page.getByRole('link', { name: t.editOwn }).click();
  return page.getByRole('dialog', { name: t.editOwn });
}

for (const words of languages) {
  const t = peopleWords(words);

  test(`a member changes its own data, keeps the time zone and ends a session, in ${words.tag}`, async ({ page, anotherPage }) => {
    const tenant = customer(words === zh ? 101 : 102);
    await arrive(page, words, tenant, 'admin');
    const other = await anotherPage();
    await arrive(other, words, tenant, 'admin');

    await page.getByLabel(words.accountMenu).click();
    await page.getByRole('link', { name: t.profile, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: t.basics })).toBeVisible();
    const dialog = await editOwn(page, words);
    await field(dialog, t.name).fill('新名字');
    await dialog.getByRole('button', { name: words.save, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: t.ownEdited })).toBeVisible();
    await expect(page.getByText('新名字').first()).toBeVisible();

    await field(page, t.zone).selectOption({ label: t.tokyo });
    await page.getByRole('button', { name: t.keep, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: t.kept })).toBeVisible();
    await expect(page.getByText(t.tokyoNote)).toBeVisible();

    const sessions = page.getByRole('table', { name: t.sessions });
    await expect(sessions.getByText(t.thisSession, { exact: true })).toHaveCount(1);
    await sessions.getByRole('button', { name: t.end }).first().click();
    await expect(page.getByRole('status').filter({ hasText: t.ended })).toBeVisible();
    while ((await sessions.getByRole('button', { name: t.end }).count()) > 0) {
      await sessions.getByRole('button', { name: t.end }).first().click();
      await expect(page.getByRole('status').filter({ hasText: t.ended })).toBeVisible();
    }
    await open(other, '/profile');
    await expect(other.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();
  });

  test(`whoever signs out everywhere is signed out in every browser, in ${words.tag}`, async ({ page, anotherPage }) => {
    const other = await anotherPage();
    const { account, password } = await signInAsNewcomer(page, other, words, [t.finance]);
    await signOut(other, words);
    await arrive(other, words, 'yunfan', account, password);
    await open(page, '/profile');
    await expect(page.getByRole('table', { name: t.sessions }).getByRole('button', { name: t.end })).toHaveCount(1);
    await page.getByRole('main').getByRole('button', { name: t.everywhere, exact: true }).click();
    for (const browser of [page, other]) {
      await open(browser, '/profile');
      await expect(browser.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();
    }
    await arrive(page, words, 'yunfan', account, password);
    await open(page, '/profile');
    await expect(page.getByRole('heading', { level: 1, name: t.basics })).toBeVisible();
  });

  test(`phone and e-mail are changed with the password alone, in ${words.tag}`, async ({ page, anotherPage }) => {
    expectStatus(page, 422);
    const before = await signInAsNewcomer(page, await anotherPage(), words, [t.finance]);
    const after = newMember();
    const masked = (phone: string) => `${phone.slice(0, 3)}****${phone.slice(-4)}`;
    await open(page, '/profile');
    await expect(fact(page, t.mobile)).toHaveText(masked(before.phone));
    const dialog = await editOwn(page, words);
    for (const [password, why] of [
      ['', words.required],
      ['Not-the-password-1', words.wrongPassword],
    ] as const) {
      await field(dialog, t.newMobile).fill(after.phone);
      await field(dialog, t.newEmail).fill(after.email);
      await field(dialog, words.oldPassword).fill(password);
      await dialog.getByRole('button', { name: words.save, exact: true }).click();
      await expect(field(dialog, words.oldPassword)).toHaveAccessibleDescription(new RegExp(why));
      // What was typed is still there, and the password is not.
      await expect(field(dialog, t.newMobile)).toHaveValue(after.phone);
      await expect(field(dialog, t.newEmail)).toHaveValue(after.email);
      await expect(field(dialog, words.oldPassword)).toHaveValue('');
    }
    await open(page, '/profile');
    await expect(fact(page, t.mobile)).toHaveText(masked(before.phone));

    await editOwn(page, words);
    await field(dialog, t.newMobile).fill(after.phone);
    await field(dialog, t.newEmail).fill(after.email);
    await field(dialog, words.oldPassword).fill(before.password);
    await dialog.getByRole('button', { name: words.save, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: t.ownEdited })).toBeVisible();
    await expect(fact(page, t.mobile)).toHaveText(masked(after.phone));
    expect(await page.content()).not.toContain(after.phone);
    expect(await page.content()).not.toContain(after.email);
  });

  test(`the page says which company one works for, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, 'qingshan/he', words);
    await open(page, '/profile');
    await expect(fact(page, t.companyTitle)).toHaveText('青山网络');
    await expect(fact(page, words.tenant)).toHaveText('qingshan');
    await expect(fact(page, t.kind)).toHaveText(t.reseller);
    await expect(fact(page, t.distributor)).toHaveText('云帆科技');
    await expect(fact(page, t.plans)).toHaveText('--');
    const other = await anotherPage();
    await signIn(other, 'xinghe/tang', words);
    await open(other, '/profile');
    await expect(fact(other, t.companyTitle)).toHaveText('星河信息');
    await expect(fact(other, t.kind)).toHaveText(t.solutionProvider);
    await expect(fact(other, t.plans)).toHaveText(t.plan);
    await expect(fact(other, t.distributor)).toHaveCount(0);
  });

  test(`a language that is kept is spoken by the next browser too, starting in ${words.tag}`, async ({ page, anotherPage }) => {
    const tenant = customer(words === zh ? 103 : 104);
    const [kept, name] = words === zh ? [en, 'English'] : [zh, '中文'];
    await arrive(page, words, tenant, 'admin');
    await open(page, '/profile');
    await field(page, t.language).selectOption({ label: name });
    await page.getByRole('button', { name: t.keep, exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', kept.tag);
    const next = await anotherPage();
    await open(next, '/sign-in');
    await speak(next, words);
    await sendCredentials(next, words, tenant, 'admin', PASSWORD);
    await expect(next.locator('html')).toHaveAttribute('lang', kept.tag);
    // The next run finds it as it was.
    await open(next, '/profile');
    const theirs = peopleWords(kept);
    await field(next, theirs.language).selectOption({ value: '' });
    await next.getByRole('button', { name: theirs.keep, exact: true }).click();
    await expect(next.locator('html')).toHaveAttribute('lang', /./);
    await expect(field(next, t.language).or(field(next, theirs.language))).toHaveValue('');
  });

  test(`one is told which leads one sees and why, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, 'yunfan/admin', words);
    const { number } = await createLead(page, newLead({ follower: 'yunfan/chen' }), words);
    const operator = await anotherPage();
    await signIn(operator, 'yunfan/wu', words);
    await operator.getByLabel(words.accountMenu).click();
    await operator.getByRole('link', { name: t.why, exact: true }).click();
    await expect(operator.getByText(t.own)).toBeVisible();
    await field(operator, t.leadNumber).fill(number);
    await operator.getByRole('button', { name: t.explain, exact: true }).click();
    await expect(operator.getByText(t.noSuchLead)).toBeVisible();

    for (const [account, answer] of [['wu', t.hidden], ['chen', t.visible]] as const) {
      await open(page, '/access');
      await field(page, words.account).fill(account);
      await field(page, t.leadNumber).fill(number);
      await page.getByRole('button', { name: t.explain, exact: true }).click();
      await expect(page.getByRole('status').getByText(answer, { exact: true })).toBeVisible();
    }
  });
}

for (const words of languages) {
  test(`about a colleague nobody but an administrator asks, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 403);
    await signIn(page, 'yunfan/chen', words);
    expect(await open(page, '/access?account=wu')).toBe(403);
    await expect(page.getByRole('heading', { level: 1, name: words.denied })).toBeVisible();
    await open(page, '/access');
    await expect(page.getByRole('search').getByLabel(words.account)).toHaveCount(0);
  });
}
