// 我的视图: keeping a list's question, opening it, renaming it, and giving it up.
import { enter, expect, hasJavaScript, open, test } from './support/app';
import { condition, search } from './support/leads';

test('a question is kept under a name, opened, renamed and deleted', async ({ page, words }) => {
  const name = `视图 ${Math.floor(Math.random() * 1e9)}`;
  const { views } = words;
  // A view is its member's own, so each project has a member of its own.
  await enter(page, hasJavaScript() ? 'qingshan/he' : 'xinghe/tang');
  await open(page, '/leads?size=10');
  await condition(page, words.state).selectOption({ label: words.states.converted });
  await search(page);
  await page.getByText(views.keep, { exact: true }).click();
  await page.getByLabel(views.name, { exact: true }).fill(name);
  const bar = page.getByRole('navigation', { name: views.title });
  await bar.getByRole('button', { name: words.save }).click();
  await expect(page.getByRole('status').filter({ hasText: views.saved })).toBeVisible();
  await expect(bar.getByRole('link', { name })).toHaveAttribute('aria-current', 'true');

  await bar.getByRole('link', { name: views.everything }).click();
  await expect(condition(page, words.state)).toHaveValue('all');
  await bar.getByRole('link', { name }).click();
  await expect(condition(page, words.state)).toHaveValue('converted');

  await bar.getByRole('link', { name: views.manage }).click();
  const row = page.getByRole('row').filter({ has: page.locator(`input[value="${name}"]`) });
  await row.getByLabel(`${views.name} ${name}`).fill(`${name} 二`);
  await row.getByRole('button', { name: views.rename }).click();
  await expect(page.getByRole('link', { name: `${views.open} ${name} 二` })).toBeVisible();
  await page.getByRole('button', { name: `${views.delete} ${name} 二` }).click();
  await expect(page.getByRole('status').filter({ hasText: views.deleted })).toBeVisible();
  await expect(page.getByRole('link', { name: `${views.open} ${name} 二` })).toHaveCount(0);
});
