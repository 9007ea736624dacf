// The keyboard: through lists and records by keys, never while somebody types or composes, and off for whoever says so.
import { enter, expect, open, ready, test } from './support/app';
import { condition } from './support/leads';
import type { Page } from '@playwright/test';

const focusedLink = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

test.describe('with a program', { tag: '@javascript' }, () => {
  test('one goes to a row, opens it, walks on and comes back', async ({ page, words }) => {
    await enter(page, 'yunfan/wu');
    await open(page, '/leads?state=following&size=10&page=2');
    const numbers = await page.getByRole('table').getByRole('link', { name: /^XS\d{8}$/ }).allInnerTexts();
    await page.keyboard.press('j');
    expect(await focusedLink(page)).toBe(numbers[0]);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await focusedLink(page)).toBe(numbers[1]);
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toContainText(numbers[1]!);
    await ready(page);
    await page.keyboard.press('n');
    await expect(heading).toContainText(numbers[2]!);
    await ready(page);
    await page.keyboard.press('p');
    await expect(heading).toContainText(numbers[1]!);
    await ready(page);
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL('/leads?state=following&size=10&page=2');
    await ready(page);
    await page.keyboard.press('n');
    await expect(page).toHaveURL(/page=3/);
  });

  test('the search field is a key away, and there the keys are letters', async ({ page, words }) => {
    await enter(page, 'yunfan/wu');
    await open(page, '/leads?size=10');
    await page.keyboard.press('/');
    const company = condition(page, words.company);
    await expect(company).toBeFocused();
    await page.keyboard.type('jkn?p/');
    await expect(company).toHaveValue('jkn?p/');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page).toHaveURL('/leads?size=10');
  });

  test('a key that an input method takes, and a chord, are nobody’s shortcut', async ({ page, words }) => {
    await enter(page, 'yunfan/wu');
    await open(page, '/leads?size=10');
    const press = (key: string, more: KeyboardEventInit) =>
      page.evaluate(
        ([key, more]) => {
          const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
          document.body.dispatchEvent(event);
          return event.defaultPrevented;
        },
        [key, more] as const,
      );
    expect(await press('j', { isComposing: true })).toBe(false);
    expect(await press('?', { isComposing: true })).toBe(false);
    expect(await press('j', { keyCode: 229 } as KeyboardEventInit)).toBe(false);
    for (const chord of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
      expect(await press('k', chord)).toBe(false);
    }
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await press('j', {})).toBe(true);

    // A composition in the search form, as an input method reports it.
    const company = condition(page, words.company);
    await company.focus();
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    await page.keyboard.press('j');
    await session.send('Input.insertText', { text: '你' });
    await expect(company).toBeFocused();
    await expect(page).toHaveURL('/leads?size=10');
  });

  test('Esc closes a menu, a dialog, and never while somebody types', async ({ page, words }) => {
    await enter(page, 'yunfan/wu');
    await open(page, '/leads?state=following&size=10');
    await page.getByText(words.columns, { exact: true }).click();
    const settings = page.getByRole('button', { name: words.save });
    await expect(settings).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(settings).toBeHidden();

    await page.getByRole('link', { name: new RegExp(`^${words.follow} XS`) }).first().click();
    await ready(page);
    const dialog = page.getByRole('dialog', { name: words.follow });
    await dialog.getByLabel(words.content).fill('写了一半');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: words.follow, exact: true }).focus();
    await page.keyboard.press('j');
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });

  test('a dialog explains the keys and gives the focus back', async ({ page, words }) => {
    await enter(page, 'yunfan/wu');
    await open(page, '/leads?size=10');
    await page.keyboard.press('j');
    const before = await focusedLink(page);
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: words.keyboard.title });
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole('row')).toHaveCount(1 + 8);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    expect(await focusedLink(page)).toBe(before);
  });

  test('whoever switches the keys off is without them until they are wanted again', async ({ page, words }) => {
    // The switch is the member's, and no other test presses the keys of this one.
    await enter(page, 'qingshan/admin');
    await open(page, '/leads?size=10');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByRole('button', { name: words.keyboard.off }).click();
    await expect(page).toHaveURL('/leads?size=10');
    await ready(page);
    await page.keyboard.press('?');
    await page.keyboard.press('j');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByLabel(words.accountMenu).click();
    await page.getByRole('link', { name: words.keyboard.title }).click();
    await expect(page.getByRole('row')).toHaveCount(1 + 8);
    await page.getByRole('button', { name: words.keyboard.on }).click();
    await expect(page.getByRole('status').filter({ hasText: words.keyboard.isOn })).toBeVisible();
    await open(page, '/leads?size=10');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: words.keyboard.title })).toBeVisible();
  });
});
