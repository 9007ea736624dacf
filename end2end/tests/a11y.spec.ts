// The keyboard alone, with what every browser does by itself.
import type { Page } from '@playwright/test';
import { enter, enterAnew, expect, open, test } from './support/app';
import { chooseMember, condition, haveLead, newLead } from './support/leads';

/** Presses Tab until the wanted thing has the focus. */
async function tabTo(page: Page, wanted: ReturnType<Page['getByRole']>, most = 40) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(wanted).toBeFocused();
}

test('the first Tab offers to skip to the content', async ({ page, words }) => {
  await enter(page, 'yunfan/lin');
  await open(page, '/leads?size=10');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: words.skip });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('the menus open by the keyboard alone', async ({ page, words }) => {
  await enterAnew(page, 'yunfan/lin');
  await open(page, '/');
  const menu = page.getByRole('navigation', { name: words.mainMenu });
  await tabTo(page, menu.locator('summary'));
  await page.keyboard.press('Enter');
  await tabTo(page, menu.getByRole('link', { name: words.dispatchPage }), 2);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: words.dispatchPage })).toBeVisible();
  await tabTo(page, page.getByLabel(words.accountMenu));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: words.signOut, exact: true }), 12);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();
});

test('a search is typed and sent without a mouse', async ({ page, words }) => {
  await enter(page, 'yunfan/chen');
  await open(page, '/leads');
  await tabTo(page, condition(page, words.contact));
  await page.keyboard.type('zhang');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/contact=zhang/);
  await expect(condition(page, words.contact)).toHaveValue('zhang');
});

test('a dialog has the focus when it opens, and leads back when it closes', async ({ page, words }) => {
  await enter(page, 'yunfan/lin');
  const { url } = await haveLead(page, newLead());
  await page.getByRole('link', { name: words.dispatch, exact: true }).focus();
  await page.keyboard.press('Enter');
  const list = page.getByRole('combobox', { name: words.chooseFollower });
  await expect(list).toBeFocused();
  await chooseMember(page, words.chooseFollower, 'yunfan/chen');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(url);
  await expect(page.getByText(words.dispatchedTo('陈志远'))).toBeVisible();
});

test('while a dialog is open, the keyboard stays in it', async ({ page, words }) => {
  await enter(page, 'yunfan/lin');
  const { url } = await haveLead(page, newLead());
  await open(page, `${url}/dispatch`);
  const dialog = page.getByRole('dialog', { name: words.dispatch });
  await expect(dialog.getByRole('combobox', { name: words.chooseFollower })).toBeFocused();
  const stops = 8;
  for (let pressed = 0; pressed < stops; pressed += 1) {
    await page.keyboard.press('Tab');
    const outside = await dialog.evaluate((element) => {
      const focused = document.activeElement;
      return focused === document.body || element.contains(focused) ? '' : focused!.outerHTML;
    });
    expect(outside, `after pressing Tab ${pressed + 1} times`).toBe('');
  }
});
