// 线索派发: to whom, how many at once, and what is refused.
import type { Page } from '@playwright/test';
import { expect, expectStatus, open, ready, signIn, test } from './support/app';
import type { Member } from './support/cast';
import { chooseMember, createLead, newCampaign, newLead } from './support/leads';
import { languages, zh, type Words } from './support/words';

/** Enters so many leads of a campaign of their own and opens the dispatch page on them. */
async function someLeads(page: Page, count: number, words: Words = zh): Promise<string[]> {
  const campaign = newCampaign();
  const numbers: string[] = [];
  for (let entered = 0; entered < count; entered += 1) {
    numbers.push((await createLead(page, newLead({ campaign }), words)).number);
  }
  await open(page, `/lead-dispatch?campaign=${encodeURIComponent(campaign)}`);
  await expect(page.getByText(words.total(String(count)))).toBeVisible();
  return numbers;
}

/** Chooses the follower in the dialog and sends it. */
async function dispatchTo(page: Page, words: Words, member: Member) {
  await ready(page);
  await chooseMember(page, words.chooseFollower, member);
  await page.getByRole('dialog').getByRole('button', { name: words.dispatch, exact: true }).click();
}

for (const words of languages) {
  test(`ticked leads go to one follower together, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'yunfan/lin', words);
    const [first, second, third] = (await someLeads(page, 3, words)) as [string, string, string];
    const dispatchPage = page.url();
    await page.getByRole('checkbox', { name: words.select(first) }).check();
    await page.getByRole('checkbox', { name: words.select(third) }).check();
    await page.getByRole('button', { name: words.batchDispatch }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(words.willDispatch(2))).toBeVisible();
    await expect(dialog.getByText(first)).toBeVisible();
    await expect(dialog.getByText(third)).toBeVisible();
    await dispatchTo(page, words, 'yunfan/zhao');
    await expect(page.getByRole('status').filter({ hasText: words.dispatched })).toBeVisible();
    await open(page, dispatchPage);
    await expect(page.getByText(words.total('1'))).toBeVisible();
    await expect(page.getByRole('link', { name: second, exact: true })).toBeVisible();
  });
}

test('all that match are counted before they are dispatched', async ({ page }) => {
  await signIn(page, 'yunfan/lin');
  await someLeads(page, 2);
  const dispatchPage = page.url();
  await page.getByRole('button', { name: zh.dispatchAll(2) }).click();
  await expect(page.getByRole('dialog').getByText(zh.willDispatch(2))).toBeVisible();
  await dispatchTo(page, zh, 'yunfan/zhao');
  await expect(page.getByRole('status').filter({ hasText: zh.dispatched })).toBeVisible();
  await open(page, dispatchPage);
  await expect(page.getByText(zh.nothingFound)).toBeVisible();
});

test('one box ticks the page, and the count follows', { tag: '@javascript' }, async ({ page }) => {
  await signIn(page, 'yunfan/lin');
  await open(page, '/lead-dispatch?size=10');
  const button = page.getByRole('button', { name: zh.batchDispatch });
  const whole = page.getByRole('checkbox', { name: zh.selectPage });
  const rows = page.getByRole('table').getByRole('checkbox');
  await expect(button).toBeDisabled();
  await whole.check();
  await expect(page.getByText(zh.selected(10))).toBeVisible();
  await expect(rows.nth(9)).toBeChecked();
  await expect(button).toBeEnabled();
  await rows.nth(4).uncheck();
  await expect(page.getByText(zh.selected(9))).toBeVisible();
  await expect(whole).not.toBeChecked();
  await expect(whole).toHaveJSProperty('indeterminate', true);
  await rows.nth(4).check();
  await expect(whole).toBeChecked();
  await whole.uncheck();
  await expect(page.getByText(zh.selected(0))).toBeVisible();
  await expect(button).toBeDisabled();
});

test('nothing ticked is nothing to dispatch', { tag: '@plain' }, async ({ page }) => {
  await signIn(page, 'yunfan/lin');
  await open(page, '/lead-dispatch?size=10');
  await page.getByRole('button', { name: zh.batchDispatch }).click();
  await expect(page.getByRole('alert')).toContainText(zh.chooseOne);
});

for (const words of languages) {
  test(`who may not follow leads is refused with the reason, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 422);
    await signIn(page, 'yunfan/lin', words);
    const { url, number } = await createLead(page, newLead(), words);
    const refusals: [Member, string][] = [
      ['yunfan/sun', words.telesales],
      ['yunfan/qian', words.notAFollower],
    ];
    for (const [member, reason] of refusals) {
      await open(page, `${url}/dispatch`);
      await dispatchTo(page, words, member);
      const list = page.getByRole('dialog').getByRole('combobox', { name: words.chooseFollower });
      await expect(list).toHaveAccessibleDescription(reason);
    }
    await open(page, url);
    await expect(page.getByRole('heading', { level: 1, name: `${words.lead} ${number}` })).toBeVisible();
    await expect(page.getByRole('main').getByText(words.states.undispatched, { exact: true })).toBeVisible();
  });
}

test('a batch is refused to telesales staff as well, and stays as it was', async ({ page }) => {
  expectStatus(page, 422);
  await signIn(page, 'yunfan/lin');
  await someLeads(page, 2);
  await page.getByRole('button', { name: zh.dispatchAll(2) }).click();
  await dispatchTo(page, zh, 'yunfan/sun');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('combobox', { name: zh.chooseFollower })).toHaveAccessibleDescription(zh.telesales);
  await expect(dialog.getByText(zh.willDispatch(2))).toBeVisible();
});

test('a lead that moved on meanwhile is not dispatched unseen', async ({ page, anotherPage }) => {
  expectStatus(page, 409);
  await signIn(page, 'yunfan/lin');
  const { url } = await createLead(page, newLead());
  await open(page, `${url}/dispatch`);
  const faster = await anotherPage();
  await signIn(faster, 'yunfan/admin');
  await open(faster, `${url}/dispatch`);
  await dispatchTo(faster, zh, 'yunfan/zhao');
  await expect(faster.getByText(zh.dispatchedTo('赵雨桐'))).toBeVisible();
  await dispatchTo(page, zh, 'yunfan/chen');
  await expect(page.getByText(zh.changedMeanwhile)).toBeVisible();
  await open(page, url);
  await expect(page.getByText(zh.dispatchedTo('陈志远'))).toHaveCount(0);
});
