// The frame around every page: language, colours, menus, the notice for accounts of the international site.
import { enter, enterAnew, expect, open, test } from './support/app';
import { condition, search } from './support/leads';
import { en, zh } from './support/words';

test('the language switch works before signing in, keeps the page and what was asked of it, and lasts', async ({
  page,
  words,
}) => {
  const other = words === zh ? en : zh;
  await open(page, '/sign-in');
  await expect(page.locator('html')).toHaveAttribute('lang', words.tag);
  await page.getByRole('button', { name: words.otherLanguage, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: other.welcome })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', other.tag);
  await enter(page, 'yunfan/zhao');
  await open(page, '/leads?state=following&size=10');
  await expect(page).toHaveTitle(`${other.leads} - ${other.partnerCenter}`);
  await condition(page, other.contact).fill('李小');
  await search(page, other);
  const address = page.url();
  await page.getByRole('button', { name: other.otherLanguage, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.leads })).toBeVisible();
  await expect(page).toHaveURL(address);
  await expect(condition(page, words.contact)).toHaveValue('李小');
  await open(page, '/messages');
  await expect(page.locator('html')).toHaveAttribute('lang', words.tag);
});

test('the colours follow the switch, round and back to those of the system', async ({ page, words }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await enter(page, 'yunfan/zhao');
  await open(page, '/');
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  const press = async (name: string, theme: string) => {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  };
  await press(words.light, 'light');
  expect(await background()).toBe(light);
  await press(words.dark, 'dark');
  const dark = await background();
  expect(dark).not.toBe(light);
  await open(page, '/messages');
  expect(await background()).toBe(dark);
  await press(words.system, 'auto');
  expect(await background()).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).toBe(dark);
});

test('the menus lead everywhere', async ({ page, words }) => {
  await enter(page, 'yunfan/lin');
  await open(page, '/');
  const menu = page.getByRole('navigation', { name: words.mainMenu });
  const sales = menu.getByText(words.sales, { exact: true });
  for (const name of [words.leads, words.dispatchPage]) {
    const link = menu.getByRole('link', { name, exact: true });
    await expect(link).toHaveCount(0);
    await sales.click();
    await link.click();
    await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
    await sales.click();
    await expect(link).toHaveAttribute('aria-current', 'page');
    await sales.click();
  }
  await page.getByLabel(words.accountMenu).click();
  await page.getByRole('link', { name: words.changePassword, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.changePassword })).toBeVisible();
  await page.getByLabel(words.accountMenu).click();
  await page.getByRole('listitem').getByRole('link', { name: words.partnerCenter, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.home })).toBeVisible();
});

// There is one such account and it hides the notice for good, so one test does it all, in both languages, in one browser
// with programs and one without. The trail says whether a run before this one has hidden it already.
test('the notice for accounts of the international site stays away once hidden', { tag: '@javascript' }, async ({
  page,
  anotherPage,
}) => {
  const administrators = await anotherPage();
  await enter(administrators, 'qingshan/admin');
  await open(administrators, '/audit?account=he&event=preference_saved');
  const hiddenBefore = (await administrators.getByRole('table').count()) > 0;
  await expect(administrators.getByText(zh.notice)).toHaveCount(0);

  await enter(page, 'qingshan/he');
  await open(page, '/');
  const notice = page.getByText(zh.notice);
  if (!hiddenBefore) {
    await expect(notice).toBeVisible();
    await expect(page.getByRole('link', { name: zh.international })).toHaveAttribute('rel', /noreferrer/);
    await page.getByRole('button', { name: zh.otherLanguage, exact: true }).click();
    await expect(page.getByText(en.notice)).toBeVisible();
    await expect(page.getByRole('link', { name: en.international })).toBeVisible();
    await page.getByRole('button', { name: en.otherLanguage, exact: true }).click();
    await expect(notice).toBeVisible();

    const plain = await anotherPage({ javaScriptEnabled: false });
    await enter(plain, 'qingshan/he');
    await open(plain, '/leads?size=10');
    await plain.getByRole('button', { name: zh.dismissNotice }).click();
    await expect(plain).toHaveURL('/leads?size=10');
    await expect(plain.getByText(zh.notice)).toHaveCount(0);
  }
  const later = await anotherPage();
  await enterAnew(later, 'qingshan/he');
  await open(later, '/');
  await expect(later.getByRole('heading', { level: 1, name: zh.home })).toBeVisible();
  await expect(later.getByText(zh.notice)).toHaveCount(0);
});
