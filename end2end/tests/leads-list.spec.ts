// 线索管理: searching, sorting, paging, and which columns one sees.
import type { Member } from './support/cast';
import { enter, enterAnew, expect, hasJavaScript, open, test } from './support/app';
import { condition, haveLead, newCampaign, newLead, search } from './support/leads';

test('conditions narrow each other, and are taken back at once', async ({ page, words }) => {
  const campaign = newCampaign();
  const lead = newLead({ campaign });
  await enter(page, 'yunfan/lin');
  const { number } = await haveLead(page, lead);
  await haveLead(page, newLead({ campaign }));
  await open(page, '/leads');
  await page.getByText(words.moreConditions).click();
  await condition(page, words.campaign).fill(campaign);
  await search(page);
  await expect(page.getByText(words.total('2'))).toBeVisible();
  await condition(page, words.company).fill(lead.initials);
  await search(page);
  await expect(page.getByText(words.total('1'))).toBeVisible();
  await expect(page.getByRole('link', { name: number, exact: true })).toBeVisible();
  await condition(page, words.state).selectOption({ label: words.states.converted });
  await search(page);
  await expect(page.getByText(words.nothingFound)).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  await page.getByRole('search').getByRole('link', { name: words.reset }).click();
  await expect(page).toHaveURL('/leads');
  await expect(page.getByRole('table', { name: words.leadList })).toBeVisible();
  await expect(condition(page, words.state)).toHaveValue('all');
});

test('a heading sorts by its column, and again turns the order', async ({ page, words }) => {
  await enter(page, 'yunfan/wu');
  await open(page, '/leads?state=following&size=10');
  const head = page.getByRole('columnheader', { name: words.followedAt });
  await expect(head).not.toHaveAttribute('aria-sort');
  const times = async () => {
    const heads = await page.getByRole('columnheader').allInnerTexts();
    const place = heads.findIndex((text) => text.includes(words.followedAt));
    const rows = await page.getByRole('row').all();
    return Promise.all(rows.slice(1).map((row) => row.getByRole('cell').nth(place).innerText()));
  };
  await head.getByRole('link').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  const newest = await times();
  expect(newest).toEqual([...newest].sort().reverse());
  await head.getByRole('link').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  const oldest = await times();
  expect(oldest).toEqual([...oldest].sort());
  expect(oldest).not.toEqual(newest);
});

test('one pages forth and back, and chooses how much a page holds', async ({ page, words }) => {
  await enter(page, 'yunfan/chen');
  await open(page, '/leads?sort=dispatched&dir=asc');
  const rows = page.getByRole('table').getByRole('row');
  const numbers = () => rows.getByRole('link', { name: /^XS\d{8}$/ }).allInnerTexts();
  await expect(rows).toHaveCount(1 + 20);
  await page.getByRole('combobox', { name: words.pageSize }).selectOption('10');
  await page.getByRole('button', { name: words.perPage, exact: true }).click();
  await expect(rows).toHaveCount(1 + 10);
  const first = await numbers();
  await page.getByRole('link', { name: words.next, exact: true }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page).toHaveURL(/sort=dispatched&dir=asc.*size=10/);
  const second = await numbers();
  expect(second.filter((number) => first.includes(number))).toEqual([]);
  await page.getByRole('link', { name: words.previous, exact: true }).click();
  await expect(page).not.toHaveURL(/page=2/);
  expect(await numbers()).toEqual(first);
  await page.getByRole('spinbutton', { name: words.goToPage }).fill('2');
  await page.getByRole('button', { name: words.perPage, exact: true }).click();
  await expect(page).toHaveURL(/page=2/);
  expect(await numbers()).toEqual(second);
});

test('the columns that one chooses are there again after signing in anew', async ({ page, words, anotherPage }) => {
  // They are kept for the member: each project has one of its own.
  const member: Member = hasJavaScript() ? 'xinghe/ma' : 'xinghe/admin';
  await enter(page, member);
  await open(page, '/leads');
  const choose = async (column: string, wanted: boolean) => {
    await page.getByText(words.columns, { exact: true }).click();
    const settings = page.getByRole('group').filter({ hasText: words.columns });
    await settings.getByRole('checkbox', { name: column, exact: true }).setChecked(wanted);
    await settings.getByRole('button', { name: words.save }).click();
    await expect(page.getByRole('status').filter({ hasText: words.columnsSaved })).toBeVisible();
  };
  const column = page.getByRole('columnheader', { name: words.campaign });
  await choose(words.campaign, false);
  await expect(column).toHaveCount(0);
  const later = await anotherPage();
  await enterAnew(later, member);
  await open(later, '/leads');
  await expect(later.getByRole('table', { name: words.leadList })).toBeVisible();
  await expect(later.getByRole('columnheader', { name: words.campaign })).toHaveCount(0);
  await choose(words.campaign, true);
  await expect(column).toBeVisible();
});
