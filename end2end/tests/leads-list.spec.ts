// 线索管理: searching, sorting, paging, and which columns one sees.
import { expect, expectStatus, hasJavaScript, open, signIn, signOut, test } from './support/app';
import type { Member } from './support/cast';
import { condition, createLead, newCampaign, newLead, search } from './support/leads';
import { en, languages, zh } from './support/words';

/** Only so many searches by name fit into a member's minute, so each project searches as somebody of its own. */
function searcher(): Member {
  return hasJavaScript() ? 'yunfan/lin' : 'qingshan/admin';
}

for (const words of languages) {
  test(`a lead is found by its company, its contact and their initials, in ${words.tag}`, async ({ page, anotherPage }) => {
    const lead = newLead({ contact: '欧阳璟宸' });
    await signIn(page, searcher(), words);
    const { number } = await createLead(page, lead, words);
    const found = page.getByRole('link', { name: number, exact: true });
    const texts = [lead.trade.slice(2, 4), lead.trade, lead.initials, lead.initials.toUpperCase()];
    for (const text of texts) {
      await open(page, '/leads');
      await condition(page, words.company).fill(text);
      await search(page, words);
      await expect(found, text).toBeVisible();
      await expect(condition(page, words.company)).toHaveValue(text);
    }
    // The contact's name is not this lead's alone, so the company narrows it.
    for (const text of ['欧阳', '璟宸', 'oyjc', 'OYJC']) {
      await open(page, '/leads');
      await condition(page, words.company).fill(lead.trade);
      await condition(page, words.contact).fill(text);
      await search(page, words);
      await expect(found, text).toBeVisible();
    }
    await condition(page, words.contact).fill('测试');
    await search(page, words);
    await expect(page.getByText(words.nothingFound)).toBeVisible();

    await test.step('and not by whoever may not see it', async () => {
      const elsewhere = await anotherPage();
      await signIn(elsewhere, hasJavaScript() ? 'yunfan/wu' : 'qingshan/he', words);
      for (const [label, text] of [
        [words.company, lead.trade],
        [words.company, lead.initials],
        [words.contact, '欧阳璟宸'],
      ] as const) {
        await open(elsewhere, '/leads');
        await condition(elsewhere, label).fill(text);
        await search(elsewhere, words);
        await expect(condition(elsewhere, label)).toHaveValue(text);
        await expect(elsewhere.getByRole('link', { name: number, exact: true })).toHaveCount(0);
        if (label === words.company) await expect(elsewhere.getByText(words.nothingFound)).toBeVisible();
      }
    });
  });
}

test('conditions narrow each other', async ({ page }) => {
  const campaign = newCampaign();
  const lead = newLead({ campaign });
  await signIn(page, searcher());
  const { number } = await createLead(page, lead);
  await createLead(page, newLead({ campaign }));
  await open(page, '/leads');
  await page.getByText(zh.moreConditions).click();
  await condition(page, zh.campaign).fill(campaign);
  await search(page, zh);
  await expect(page.getByText(zh.total('2'))).toBeVisible();
  await condition(page, zh.company).fill(lead.trade);
  await search(page, zh);
  await expect(page.getByText(zh.total('1'))).toBeVisible();
  await expect(page.getByRole('link', { name: number, exact: true })).toBeVisible();
  await condition(page, zh.state).selectOption({ label: zh.states.converted });
  await search(page, zh);
  await expect(page.getByText(zh.nothingFound)).toBeVisible();
});

for (const words of languages) {
  test(`a search that finds nothing says so and can be taken back, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'yunfan/zhao', words);
    await open(page, '/leads?campaign=nothing-is-called-like-this&state=following');
    await expect(page.getByText(words.nothingFound)).toBeVisible();
    await expect(page.getByRole('table')).toHaveCount(0);
    await page.getByRole('search').getByRole('link', { name: words.reset }).click();
    await expect(page).toHaveURL('/leads');
    await expect(page.getByRole('table', { name: words.leadList })).toBeVisible();
    await expect(condition(page, words.state)).toHaveValue('all');
  });

  test(`one character is too short to search by, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 422);
    await signIn(page, 'yunfan/zhao', words);
    await open(page, '/leads');
    await condition(page, words.company).fill('云');
    await search(page, words);
    await expect(condition(page, words.company)).toHaveAccessibleDescription(new RegExp(words.tooShort));
    await expect(condition(page, words.company)).toHaveValue('云');
    await expect(page.getByRole('table')).toHaveCount(0);
    // Nothing has been searched, so nothing has been found missing either.
    await expect(page.getByText(words.nothingFound)).toHaveCount(0);
  });
}

test('wildcards find nothing but themselves', async ({ page }) => {
  expectStatus(page, 422);
  await signIn(page, 'yunfan/chen');
  expect(await open(page, '/leads?company=%25%25')).toBe(422);
  await expect(condition(page, zh.company)).toHaveAccessibleDescription(new RegExp(zh.tooShort));
});

test('a heading sorts by its column, and again turns the order', async ({ page }) => {
  await signIn(page, 'yunfan/wu');
  await open(page, '/leads?state=following&size=10');
  const head = page.getByRole('columnheader', { name: zh.followedAt });
  await expect(head).not.toHaveAttribute('aria-sort');
  const times = async () => {
    const heads = await page.getByRole('columnheader').allInnerTexts();
    const place = heads.findIndex((text) => text.includes(zh.followedAt));
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

for (const words of languages) {
  test(`one pages forth and back, and chooses how much a page holds, in ${words.tag}`, async ({ page }) => {
    const member = words === en ? 'xinghe/tang' : 'yunfan/chen';
    await signIn(page, member, words);
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
}

test('the columns that one chooses are there again after signing in anew', async ({ page }) => {
  // They are kept for the member: each project has one of its own.
  const member = hasJavaScript() ? 'xinghe/ma' : 'xinghe/admin';
  await signIn(page, member);
  await open(page, '/leads');
  const choose = async (column: string, wanted: boolean) => {
    await page.getByText(zh.columns, { exact: true }).click();
    const settings = page.getByRole('group').filter({ hasText: zh.columns });
    await settings.getByRole('checkbox', { name: column, exact: true }).setChecked(wanted);
    await settings.getByRole('button', { name: zh.save }).click();
    await expect(page.getByRole('status').filter({ hasText: zh.columnsSaved })).toBeVisible();
  };
  const column = page.getByRole('columnheader', { name: zh.campaign });
  await choose(zh.campaign, false);
  await expect(column).toHaveCount(0);
  await signOut(page);
  await signIn(page, member);
  await open(page, '/leads');
  await expect(page.getByRole('table', { name: zh.leadList })).toBeVisible();
  await expect(column).toHaveCount(0);
  await choose(zh.campaign, true);
  await expect(column).toBeVisible();
});

test('an address that no page links to makes no sense', async ({ page }) => {
  expectStatus(page, 400);
  await signIn(page, 'yunfan/zhao');
  for (const query of ['page=1e18', 'size=1000000000', 'sort=phone', 'state=asleep', 'company=云帆&company=青山']) {
    expect(await open(page, `/leads?${query}`), query).toBe(400);
  }
});
