// The eye: what is hidden is shown for a moment, to whom it may be shown, and is gone afterwards.
//
// Two hundred values in ten minutes are a member's quota, so pages are short here and members take turns.
import type { Page } from '@playwright/test';
import { expect, hasJavaScript, open, ready, signIn, signOut, test } from './support/app';
import type { Member } from './support/cast';
import { condition, createLead, newLead, search } from './support/leads';
import { en, languages, zh, type Words } from './support/words';

/** The texts of a column, by its heading. */
async function column(page: Page, heading: string): Promise<string[]> {
  const table = page.getByRole('table');
  const heads = await table.getByRole('columnheader').allInnerTexts();
  const place = heads.findIndex((text) => text.trim().startsWith(heading));
  const rows = await table.getByRole('row').all();
  return Promise.all(rows.slice(1).map((row) => row.getByRole('cell').nth(place).innerText()));
}

/** What of these texts is behind stars; a Latin name has three of them, everything else four. */
const masked = (texts: string[]) => texts.filter((text) => text.includes('***'));

function eye(page: Page, words: Words, heading: string) {
  return page.getByRole('button', { name: words.show(heading), exact: true });
}

async function look(page: Page, words: Words, heading: string) {
  await eye(page, words, heading).click();
  await expect(eye(page, words, heading)).toHaveAttribute('aria-pressed', 'true');
}

for (const words of languages) {
  test(`the eye opens one column of this page and closes it again, in ${words.tag}`, async ({ page }) => {
    const member: Member = words === en ? 'yunfan/chen' : 'yunfan/wu';
    await signIn(page, member, words);
    // The oldest that are done: no other test moves them.
    await open(page, '/leads?size=10&state=converted&sort=dispatched&dir=asc');
    const headings = [words.company, words.contact, words.phone, words.email];
    for (const heading of headings) {
      await expect(eye(page, words, heading)).toHaveAttribute('aria-pressed', 'false');
      const texts = (await column(page, heading)).filter((text) => text !== '--');
      expect(masked(texts), heading).toEqual(texts);
    }
    const hidden = await column(page, words.phone);

    await look(page, words, words.phone);
    const clear = await column(page, words.phone);
    expect(clear).toHaveLength(10);
    expect(masked(clear)).toEqual([]);
    for (const heading of headings.filter((heading) => heading !== words.phone)) {
      const texts = (await column(page, heading)).filter((text) => text !== '--');
      expect(masked(texts), heading).toEqual(texts);
    }

    await eye(page, words, words.phone).click();
    await expect(eye(page, words, words.phone)).toHaveAttribute('aria-pressed', 'false');
    expect(await column(page, words.phone)).toEqual(hidden);
    const content = await page.content();
    for (const text of clear.filter((text) => text !== '--')) expect(content).not.toContain(text);
  });
}

test('with JavaScript the eye stays on the page and tells what it did', { tag: '@javascript' }, async ({ page }) => {
  await signIn(page, 'yunfan/zhao');
  await open(page, '/leads?size=10');
  const pages: string[] = [];
  page.on('request', (request) => request.isNavigationRequest() && pages.push(request.url()));
  await look(page, zh, zh.contact);
  await expect(page.getByRole('status').filter({ hasText: '已显示' })).toHaveCount(1);
  await eye(page, zh, zh.contact).click();
  await expect(page.getByRole('status').filter({ hasText: '已隐藏' })).toHaveCount(1);
  expect(pages).toEqual([]);
});

test('two clicks at once open a column once, and it closes whole', { tag: '@javascript' }, async ({ page }) => {
  await signIn(page, 'yunfan/zhao');
  await open(page, '/leads?size=10');
  const hidden = await column(page, zh.phone);
  const calls: string[] = [];
  page.on('request', (request) => request.url().includes('/api/') && calls.push(request.url()));
  await eye(page, zh, zh.phone).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await expect(eye(page, zh, zh.phone)).toHaveAttribute('aria-pressed', 'true');
  const clear = (await column(page, zh.phone)).filter((text) => text !== '--');
  expect(masked(clear)).toEqual([]);
  await eye(page, zh, zh.phone).click();
  await expect(eye(page, zh, zh.phone)).toHaveAttribute('aria-pressed', 'false');
  expect(await column(page, zh.phone)).toEqual(hidden);
  const content = await page.content();
  for (const text of clear) expect(content).not.toContain(text);
  expect(calls).toHaveLength(1);
});

test('a reload asks the server for nothing more and shows masks again', { tag: '@javascript' }, async ({ page }) => {
  await signIn(page, 'yunfan/zhao');
  await open(page, '/leads?size=10');
  await look(page, zh, zh.phone);
  const calls: string[] = [];
  page.on('request', (request) => request.url().includes('/api/') && calls.push(request.url()));
  await page.reload();
  await ready(page);
  expect(calls).toEqual([]);
  await expect(eye(page, zh, zh.phone)).toHaveAttribute('aria-pressed', 'false');
  const texts = (await column(page, zh.phone)).filter((text) => text !== '--');
  expect(masked(texts)).toEqual(texts);
});

test('leaving the page closes the eye', { tag: '@javascript' }, async ({ page }) => {
  await signIn(page, 'qingshan/he');
  await open(page, '/leads?size=10');
  await look(page, zh, zh.phone);
  await page.getByRole('navigation', { name: zh.mainMenu }).getByRole('link', { name: zh.home }).click();
  await expect(page.getByRole('heading', { level: 1, name: zh.home })).toBeVisible();
  await page.goBack();
  await ready(page);
  const texts = (await column(page, zh.phone)).filter((text) => text !== '--');
  expect(masked(texts)).toEqual(texts);
});

test('after signing out, Back shows no clear value', async ({ page }) => {
  await signIn(page, 'qingshan/he');
  await open(page, '/leads?size=10');
  await look(page, zh, zh.phone);
  const clear = (await column(page, zh.phone)).filter((text) => text !== '--');
  expect(masked(clear)).toEqual([]);
  await signOut(page);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: zh.welcome })).toBeVisible();
  const content = await page.content();
  for (const text of clear) expect(content).not.toContain(text);
});

test('in marketing plan 2.0 nobody has an eye for phone and e-mail', async ({ page }) => {
  await signIn(page, 'xinghe/admin');
  await open(page, '/leads?size=10');
  await expect(eye(page, zh, zh.company)).toBeVisible();
  await expect(eye(page, zh, zh.contact)).toBeVisible();
  await expect(page.getByRole('columnheader', { name: zh.phone })).toBeVisible();
  await expect(eye(page, zh, zh.phone)).toHaveCount(0);
  await expect(eye(page, zh, zh.email)).toHaveCount(0);
  expect((await column(page, zh.phone)).join()).not.toMatch(/\d/);
  expect((await column(page, zh.email)).join()).not.toMatch(/@/);
  await page.getByRole('table').getByRole('link', { name: /^XS\d{8}$/ }).first().click();
  await ready(page);
  await expect(eye(page, zh, zh.company)).toBeVisible();
  await expect(eye(page, zh, zh.phone)).toHaveCount(0);
  await expect(eye(page, zh, zh.email)).toHaveCount(0);
});

test('a look at one lead shows what was typed, and stands in the trail', async ({ page }) => {
  const lead = newLead();
  await signIn(page, 'qingshan/admin');
  const { number } = await createLead(page, lead);
  await expect(page.getByText(lead.phone)).toHaveCount(0);
  await look(page, zh, zh.phone);
  await expect(page.getByText(lead.phone, { exact: true })).toBeVisible();
  await open(page, '/audit');
  await condition(page, zh.event).selectOption({ label: zh.events.revealed });
  await search(page, zh);
  const lines = page.getByRole('row').filter({ hasText: number });
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText(zh.phone);
  expect(await page.content()).not.toContain(lead.phone);
});

test('a value that is not there has no eye', async ({ page }) => {
  await signIn(page, 'yunfan/lin');
  await createLead(page, newLead());
  await expect(eye(page, zh, zh.phone)).toHaveAttribute('aria-pressed', 'false');
  await expect(eye(page, zh, zh.email)).toHaveCount(0);
});

test('without JavaScript a form opens the column at the same address', { tag: '@plain' }, async ({ page }) => {
  expect(hasJavaScript()).toBe(false);
  await signIn(page, 'xinghe/tang');
  const address = '/leads?state=following&sort=dispatched&size=10';
  await open(page, address);
  await look(page, zh, zh.contact);
  await expect(page).toHaveURL(address);
  await expect(condition(page, zh.state)).toHaveValue('following');
});
