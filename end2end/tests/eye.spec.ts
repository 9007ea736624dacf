// The eye: what is hidden is shown for a moment, to whom it may be shown, and is gone afterwards.
//
// Two hundred values in ten minutes are a member's quota, so pages are short here and members take turns.
import type { Page } from '@playwright/test';
import { enter, enterAnew, expect, hasJavaScript, open, ready, signOut, test } from './support/app';
import { condition } from './support/leads';
import type { Words } from './support/words';

/** The texts of a column, by its heading, without those that are not there. */
async function column(page: Page, heading: string): Promise<string[]> {
  const table = page.getByRole('table');
  const heads = await table.getByRole('columnheader').allInnerTexts();
  const place = heads.findIndex((text) => text.trim().startsWith(heading));
  const rows = await table.getByRole('row').all();
  const texts = await Promise.all(rows.slice(1).map((row) => row.getByRole('cell').nth(place).innerText()));
  return texts.filter((text) => text !== '--');
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

test('the eye opens one column of this page and closes it again', async ({ page, words }) => {
  // Without a program the session keeps the open column.
  await enterAnew(page, hasJavaScript() ? 'yunfan/wu' : 'xinghe/tang');
  const hiding = hasJavaScript() ? words.phone : words.contact;
  // The oldest that are done: no other test moves them.
  const address = '/leads?size=10&state=converted&sort=dispatched&dir=asc';
  await open(page, address);
  const headings = [words.company, words.contact, words.phone, words.email];
  for (const heading of headings) {
    const texts = await column(page, heading);
    expect(masked(texts), heading).toEqual(texts);
  }
  await expect(eye(page, words, hiding)).toHaveAttribute('aria-pressed', 'false');
  const hidden = await column(page, hiding);
  expect(hidden).not.toEqual([]);

  await look(page, words, hiding);
  await expect(page).toHaveURL(address);
  await expect(condition(page, words.state)).toHaveValue('converted');
  const clear = await column(page, hiding);
  expect(clear).toHaveLength(hidden.length);
  expect(masked(clear)).toEqual([]);
  for (const heading of headings.filter((heading) => heading !== hiding)) {
    const texts = await column(page, heading);
    expect(masked(texts), heading).toEqual(texts);
  }

  await eye(page, words, hiding).click();
  await expect(eye(page, words, hiding)).toHaveAttribute('aria-pressed', 'false');
  expect(await column(page, hiding)).toEqual(hidden);
  const content = await page.content();
  for (const text of clear) expect(content).not.toContain(text);
});

test('two clicks at once open a column once, on the page, which tells of it and closes it whole', {
  tag: '@javascript',
}, async ({ page, words }) => {
  await enter(page, 'yunfan/zhao');
  await open(page, '/leads?size=10');
  const hidden = await column(page, words.phone);
  const calls: string[] = [];
  const pages: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/')) calls.push(request.url());
    if (request.isNavigationRequest()) pages.push(request.url());
  });
  await eye(page, words, words.phone).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await expect(eye(page, words, words.phone)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('status').filter({ hasText: words.shown })).toHaveCount(1);
  const clear = await column(page, words.phone);
  expect(masked(clear)).toEqual([]);
  await eye(page, words, words.phone).click();
  await expect(eye(page, words, words.phone)).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('status').filter({ hasText: words.hidden })).toHaveCount(1);
  expect(await column(page, words.phone)).toEqual(hidden);
  const content = await page.content();
  for (const text of clear) expect(content).not.toContain(text);
  expect(calls).toHaveLength(1);
  expect(pages).toEqual([]);
});

test('a reload and leaving the page close the eye', { tag: '@javascript' }, async ({ page, words }) => {
  await enter(page, 'qingshan/he');
  await open(page, '/leads?size=10');
  const closed = async () => {
    await expect(eye(page, words, words.phone)).toHaveAttribute('aria-pressed', 'false');
    const texts = await column(page, words.phone);
    expect(masked(texts)).toEqual(texts);
  };
  await look(page, words, words.phone);
  const calls: string[] = [];
  page.on('request', (request) => request.url().includes('/api/') && calls.push(request.url()));
  await page.reload();
  await ready(page);
  expect(calls).toEqual([]);
  await closed();

  await look(page, words, words.phone);
  await page.getByRole('navigation', { name: words.mainMenu }).getByRole('link', { name: words.home }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.home })).toBeVisible();
  await page.goBack();
  await ready(page);
  await closed();
});

test('after signing out, Back shows no clear value', async ({ page, words }) => {
  await enterAnew(page, 'qingshan/admin');
  await open(page, '/leads?size=10');
  await look(page, words, words.phone);
  const clear = await column(page, words.phone);
  expect(masked(clear)).toEqual([]);
  await signOut(page);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();
  const content = await page.content();
  for (const text of clear) expect(content).not.toContain(text);
});
