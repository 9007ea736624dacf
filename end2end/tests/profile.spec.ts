// One's own page.
import { enterBy, expect, hasJavaScript, open, test } from './support/app';
import { field } from './support/leads';
import { peopleWords } from './support/people';

test('a member changes its own data, keeps the time zone, ends a session, and signs out everywhere', async ({
  page,
  words,
  anotherPage,
}) => {
  const t = peopleWords(words);
  // A customer of the demo as whom nobody else signs in: one for each project, since both run at once.
  const tenant = hasJavaScript() ? 'customer101' : 'customer102';
  const [first, second] = [await anotherPage(), await anotherPage()];
  for (const browser of [page, first]) await enterBy(browser, tenant, 'admin');

  await open(page, '/');
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
  await expect(sessions.getByRole('button', { name: t.end })).toHaveCount(1);
  await sessions.getByRole('button', { name: t.end }).click();
  await expect(page.getByRole('status').filter({ hasText: t.ended })).toBeVisible();
  await expect(sessions.getByRole('button', { name: t.end })).toHaveCount(0);
  await open(first, '/profile');
  await expect(first.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();

  await enterBy(second, tenant, 'admin');
  await page.getByRole('main').getByRole('button', { name: t.everywhere, exact: true }).click();
  for (const browser of [page, second]) {
    await open(browser, '/profile');
    await expect(browser.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();
  }
});
