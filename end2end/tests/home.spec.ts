// 主页: what waits, how the last weeks went, and where one goes on.
import { enter, expect, open, test } from './support/app';

test('a card leads to the list that it counts, and the quick links where they say', async ({ page, words }) => {
  // Nobody else follows up this member's leads, so that this number stands still.
  await enter(page, 'qingshan/he');
  await open(page, '/');
  const card = page.locator('a.todo[href="/leads?due=overdue"]');
  const count = await card.locator('.todo__count').innerText();
  await card.click();
  await expect(page.getByRole('combobox', { name: words.nextOn })).toHaveValue('overdue');
  await expect(page.getByText(words.total(count))).toBeVisible();

  await enter(page, 'yunfan/admin');
  await open(page, '/');
  await expect(page.getByRole('img', { name: words.trend })).toBeVisible();
  await expect(page.getByRole('table', { name: words.trend }).getByRole('row')).toHaveCount(1 + 8);
  const links = page.getByRole('navigation', { name: words.quickLinks }).getByRole('link');
  await expect(links).toHaveCount(5);
  for (const name of await links.allInnerTexts()) {
    await open(page, '/');
    await links.filter({ hasText: new RegExp(`^${name}$`) }).click();
    await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  }
});
