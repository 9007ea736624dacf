// The frame around every page: language, colours, menus, the notice for accounts of the international site.
import { expect, open, signIn, signOut, test } from './support/app';
import { condition, search } from './support/leads';
import { en, languages, zh } from './support/words';

test('the language switch keeps the page and what was asked of it', async ({ page }) => {
  await signIn(page, 'yunfan/zhao');
  await open(page, '/leads?state=following&size=10');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('button', { name: zh.otherLanguage, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: en.leads })).toBeVisible();
  await expect(page).toHaveURL('/leads?state=following&size=10');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveTitle(`${en.leads} - Partner Center`);
  await open(page, '/messages');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: en.otherLanguage, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: zh.messages })).toBeVisible();
});

test('the language switch works before signing in, and the choice lasts', async ({ page }) => {
  await open(page, '/sign-in');
  await page.getByRole('button', { name: zh.otherLanguage, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: en.welcome })).toBeVisible();
  await signIn(page, 'yunfan/zhao', en);
  await signOut(page, en);
});

test('a form that was refused is still there in the other language', async ({ page }) => {
  await signIn(page, 'yunfan/zhao');
  await open(page, '/leads');
  await condition(page, zh.contact).fill('李小');
  await search(page, zh);
  await page.getByRole('button', { name: zh.otherLanguage, exact: true }).click();
  await expect(condition(page, en.contact)).toHaveValue('李小');
});

test('the colours follow the switch, round and back to those of the system', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await signIn(page, 'yunfan/zhao');
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  const press = async (name: string, theme: string) => {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  };
  await press(zh.light, 'light');
  expect(await background()).toBe(light);
  await press(zh.dark, 'dark');
  const dark = await background();
  expect(dark).not.toBe(light);
  await open(page, '/messages');
  expect(await background()).toBe(dark);
  await press(zh.system, 'auto');
  expect(await background()).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).toBe(dark);
});

for (const words of languages) {
  test(`the menus lead everywhere, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'yunfan/lin', words);
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
}

test('an account of this site sees no notice of the other', async ({ page }) => {
  await signIn(page, 'qingshan/admin');
  await expect(page.getByText(zh.notice)).toHaveCount(0);
});

// There is one such account and it hides the notice for good, so one test does it all, in one browser with programs and
// one without. The trail says whether a run before this one has hidden it already.
test('the notice for accounts of the international site stays away once hidden', { tag: '@javascript' }, async ({
  page,
  anotherPage,
}) => {
  const administrators = await anotherPage();
  await signIn(administrators, 'qingshan/admin');
  await open(administrators, '/audit?account=he&event=preference_saved');
  const hiddenBefore = (await administrators.getByRole('table').count()) > 0;

  await signIn(page, 'qingshan/he');
  const notice = page.getByText(zh.notice);
  if (!hiddenBefore) {
    await expect(notice).toBeVisible();
    await expect(page.getByRole('link', { name: zh.international })).toHaveAttribute('rel', /noreferrer/);
    await page.getByRole('button', { name: zh.otherLanguage, exact: true }).click();
    await expect(page.getByText(en.notice)).toBeVisible();
    await expect(page.getByRole('link', { name: en.international })).toBeVisible();

    const plain = await anotherPage({ javaScriptEnabled: false });
    await signIn(plain, 'qingshan/he');
    await open(plain, '/leads?size=10');
    await plain.getByRole('button', { name: zh.dismissNotice }).click();
    await expect(plain).toHaveURL('/leads?size=10');
    await expect(plain.getByText(zh.notice)).toHaveCount(0);
  }
  await signOut(page, hiddenBefore ? zh : en);
  await signIn(page, 'qingshan/he');
  await expect(page.getByText(zh.notice)).toHaveCount(0);
});
