// One's own page, and why one can or cannot.
import { expect, expectStatus, open, sendCredentials, signIn, speak, test } from './support/app';
import { PASSWORD } from './support/cast';
import { createLead, field, newLead } from './support/leads';
import { peopleWords } from './support/people';
import { languages, zh } from './support/words';

for (const words of languages) {
  const t = peopleWords(words);

  test(`a member changes its own data, keeps the time zone and ends a session, in ${words.tag}`, async ({ page, anotherPage }) => {
    // A customer of its own: nobody else signs in as it.
    const tenant = `customer${String(words === zh ? 101 : 102).padStart(3, '0')}`;
    const arrive = async (browser: typeof page) => {
      await open(browser, '/sign-in');
      await speak(browser, words);
      await sendCredentials(browser, words, tenant, 'admin', PASSWORD);
      await expect(browser.getByRole('heading', { level: 1, name: words.home })).toBeVisible();
    };
    await arrive(page);
    const other = await anotherPage();
    await arrive(other);

    await page.getByLabel(words.accountMenu).click();
    await page.getByRole('link', { name: t.profile, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: t.basics })).toBeVisible();
    await page.getByRole('link', { name: t.editOwn }).click();
    const dialog = page.getByRole('dialog', { name: t.editOwn });
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

test('a language that is kept is spoken by the next browser too', async ({ page, anotherPage }) => {
  const t = peopleWords(zh);
  await open(page, '/sign-in');
  await sendCredentials(page, zh, 'customer103', 'admin', PASSWORD);
  await open(page, '/profile');
  await field(page, t.language).selectOption({ label: 'English' });
  await page.getByRole('button', { name: t.keep, exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const next = await anotherPage();
  await open(next, '/sign-in');
  await sendCredentials(next, zh, 'customer103', 'admin', PASSWORD);
  await expect(next.locator('html')).toHaveAttribute('lang', 'en');
  // The other project finds it as it was.
  await speak(next, zh);
  await open(next, '/profile');
  await field(next, t.language).selectOption({ value: '' });
  await next.getByRole('button', { name: t.keep, exact: true }).click();
  await expect(next.getByRole('status').filter({ hasText: t.kept })).toBeVisible();
});

test('about a colleague nobody but an administrator asks', async ({ page }) => {
  expectStatus(page, 403);
  await signIn(page, 'yunfan/chen');
  expect(await open(page, '/access?account=wu')).toBe(403);
  await open(page, '/access');
  await expect(page.getByRole('search').getByLabel(zh.account)).toHaveCount(0);
});
