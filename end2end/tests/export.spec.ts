// 导出: from the list over the dialog to the file, its history, and the work in the background.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, expectStatus, hasJavaScript, open, ready, signIn, signOut, test } from './support/app';
import { axe } from './support/axe';
import type { Member } from './support/cast';
import { createLead, newCampaign, newLead } from './support/leads';
import { en, languages, zh, type Words } from './support/words';

// One after the other, and each project as another member: the newest line of a history is then the test's own.
test.describe.configure({ mode: 'default' });
const exporter = (): Member => (hasJavaScript() ? 'yunfan/lin' : 'qingshan/admin');

/** The line of the history that came last. */
function newest(page: Page, words: Words): Locator {
  return page.getByRole('table', { name: words.exports }).getByRole('row').nth(1);
}

/** Sends the dialog that is open and arrives at the history. */
async function send(page: Page, words: Words, format: string) {
  const dialog = page.getByRole('dialog', { name: words.exportLeads });
  await dialog.getByLabel(words.fileFormat).selectOption(format);
  await dialog.getByRole('button', { name: words.export, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.exports })).toBeVisible();
}

/** Waits until the newest export is done and fetches its file. */
async function fetchFile(page: Page, words: Words): Promise<{ name: string; bytes: Buffer }> {
  await expect(newest(page, words)).toContainText(words.exportDone, { timeout: 30_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    newest(page, words).getByRole('link', { name: words.download }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

for (const words of languages) {
  test(`what the list shows becomes a file, with hidden values hidden (${words.tag})`, async ({ page }) => {
    await signIn(page, exporter(), words);
    const campaign = newCampaign();
    const leads = [newLead({ campaign }), newLead({ campaign })];
    for (const lead of leads) await createLead(page, lead, words);
    await open(page, `/leads?campaign=${encodeURIComponent(campaign)}`);
    await page.getByRole('link', { name: words.export, exact: true }).click();
    await ready(page);
    await expect(page.getByRole('dialog', { name: words.exportLeads })).toContainText(words.willExport(2));
    await send(page, words, 'csv');
    await expect(page.getByRole('status')).toContainText(words.exportRequested);
    const { name, bytes } = await fetchFile(page, words);
    expect(name).toMatch(/^(线索管理|Leads)-\d{8}-\d{6}\.csv$/);
    const text = bytes.toString('utf8');
    expect(text.startsWith('\ufeff')).toBe(true);
    const lines = text.slice(1).trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(`"${words.company}"`);
    for (const line of lines.slice(1)) expect(line).toContain(campaign);
    for (const lead of leads) {
      expect(text).not.toContain(lead.company);
      expect(text).not.toContain(lead.phone);
    }
  });
}

for (const words of languages) {
  test(`a workbook is a workbook, and nobody else's (${words.tag})`, async ({ page, anotherPage }) => {
    await signIn(page, exporter(), words);
    await open(page, '/lead-dispatch');
    await page.getByRole('link', { name: words.export, exact: true }).click();
    await send(page, words, 'xlsx');
    const { name, bytes } = await fetchFile(page, words);
    expect(name).toMatch(/^(线索管理|Leads)-\d{8}-\d{6}\.xlsx$/);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');

    const file = (await newest(page, words).getByRole('link', { name: words.download }).getAttribute('href'))!;
    const colleagues: Member[] = hasJavaScript() ? ['yunfan/wu', 'qingshan/admin'] : ['qingshan/he', 'yunfan/lin'];
    for (const member of colleagues) {
      const other = await anotherPage();
      expectStatus(other, 404);
      await signIn(other, member, words);
      expect(await open(other, file), member).toBe(404);
      await expect(other.getByRole('heading', { level: 1, name: words.notFound })).toBeVisible();
      await open(other, '/exports');
      await expect(other.locator(`a[href="${file}"]`)).toHaveCount(0);
    }
  });

  test(`a file whose time is over is named, and offered no more (${words.tag})`, async ({ page }) => {
    await signIn(page, 'yunfan/admin', words);
    await open(page, '/exports?size=100');
    const [, expired] = words.workStates as [string, string, string];
    const row = page.getByRole('table', { name: words.exports }).getByRole('row').filter({ hasText: expired });
    await expect(row).toHaveCount(1);
    await expect(row.getByRole('cell').first()).toHaveText(/^线索管理-\d{8}-\d{6}\.csv$/);
    await expect(row.getByRole('link')).toHaveCount(0);
    await expect(row.getByRole('button')).toHaveCount(0);
  });
}

// The one of the demo can be tried again once, so one test reads of it in both languages, with programs and without.
test('the history tells why one failed and has it tried again', { tag: '@plain' }, async ({ page, anotherPage }) => {
  const english = await anotherPage({ javaScriptEnabled: true });
  for (const [browser, words, why] of [
    [page, zh, '您的角色没有此操作的权限'],
    [english, en, "Your role doesn't allow this"],
  ] as const) {
    await test.step(`as an administrator and as whoever asked for it, in ${words.tag}`, async () => {
      await signIn(browser, 'yunfan/admin', words);
      await open(browser, '/jobs');
      await expect(browser.getByRole('table', { name: words.works }).getByText(why).first()).toBeVisible();
      await signOut(browser, words);
      await signIn(browser, 'yunfan/lin', words);
      await open(browser, '/exports?size=100');
      const failed = browser.getByRole('row').filter({ has: browser.getByRole('button', { name: words.retry }) });
      await expect(failed).toContainText(why);
    });
  }
  await page.getByRole('button', { name: zh.retry }).click();
  await expect(page.getByRole('heading', { level: 1, name: zh.exports })).toBeVisible();
  await expect(page.getByRole('button', { name: zh.retry })).toHaveCount(0);
  await open(english, '/exports?size=100');
  await expect(english.getByRole('heading', { level: 1, name: en.exports })).toBeVisible();
  await expect(english.getByRole('button', { name: en.retry })).toHaveCount(0);
});

for (const words of languages) {
  test(`who may not export or watch the work is offered neither, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 403);
    await signIn(page, 'yunfan/wu', words);
    await open(page, '/leads');
    await expect(page.getByRole('link', { name: words.export, exact: true })).toHaveCount(0);
    await page.getByLabel(words.accountMenu).click();
    for (const name of [words.exports, words.jobs]) await expect(page.getByRole('link', { name })).toHaveCount(0);
    for (const address of ['/leads/export', '/jobs']) expect(await open(page, address), address).toBe(403);
  });

  test(`administrators see the work in the background, the operator how much was done, in ${words.tag}`, async ({
    page,
    anotherPage,
  }) => {
    await signIn(page, 'yunfan/admin', words);
    await page.getByLabel(words.accountMenu).click();
    await page.getByRole('link', { name: words.jobs }).click();
    const works = page.getByRole('table', { name: words.works });
    for (const state of words.workStates) await expect(works.getByText(state, { exact: true }).first()).toBeVisible();
    await expect(page.getByRole('heading', { name: words.scheduledJobs })).toBeVisible();
    await expect(page.getByRole('columnheader', { name: words.handled })).toHaveCount(0);
    const operators = await anotherPage();
    await signIn(operators, 'platform/operator', words);
    await open(operators, '/jobs');
    const jobs = operators.getByRole('table', { name: words.scheduledJobs });
    await expect(jobs.getByRole('row').filter({ hasText: 'expired-exports' })).toContainText(words.succeeded);
    await expect(jobs.getByRole('columnheader', { name: words.handled })).toBeVisible();
  });
}

for (const { address, member } of [
  { address: '/leads/export?state=following', member: 'yunfan/admin' },
  { address: '/leads/export?campaign=nothing-is-called-like-this', member: 'yunfan/admin' },
  { address: '/exports', member: 'yunfan/admin' },
  { address: '/exports', member: 'yunfan/wu' },
  { address: '/jobs', member: 'yunfan/admin' },
  { address: '/jobs', member: 'platform/operator' },
] as const) {
  test(`axe finds nothing at ${address} as ${member}`, { tag: '@javascript' }, async ({ page }) => {
    expect(hasJavaScript()).toBe(true);
    await signIn(page, member);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await open(page, address)).toBe(200);
      await axe(page);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond, 'pixels beyond the edge').toBeLessThanOrEqual(0);
    }
  });
}

for (const words of languages) {
  test(`members and the trail become files too, in ${words.tag}`, async ({ page }) => {
    await signIn(page, hasJavaScript() ? 'xinghe/admin' : 'qingshan/admin', words);
    for (const list of [words.memberList, words.trail]) {
      await open(page, list.address);
      await page.getByRole('link', { name: words.export, exact: true }).click();
      await ready(page);
      const dialog = page.getByRole('dialog', { name: list.dialog });
      await dialog.getByLabel(words.fileFormat).selectOption('csv');
      await dialog.getByRole('button', { name: words.export, exact: true }).click();
      const { name, bytes } = await fetchFile(page, words);
      expect(name.startsWith(list.file)).toBe(true);
      expect(bytes.toString('utf8').split('\r\n')[0]).toContain(`"${list.heading}"`);
    }
  });

  test(`who manages no members and reads no trail exports neither, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 403);
    await signIn(page, 'yunfan/lin', words);
    for (const address of ['/members/export', '/audit/export']) {
      expect(await open(page, address), address).toBe(403);
      await expect(page.getByRole('heading', { level: 1, name: words.denied })).toBeVisible();
    }
  });
}
