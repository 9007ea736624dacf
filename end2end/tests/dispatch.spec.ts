// 线索派发: ticking, counting, and to whom.
import type { Page } from '@playwright/test';
import { enter, expect, open, ready, test } from './support/app';
import { chooseMember, haveLead, newCampaign, newLead } from './support/leads';
import type { Words } from './support/words';

/** Chooses the follower in the dialog and sends it. */
async function dispatchTo(page: Page, words: Words) {
  await ready(page);
  await chooseMember(page, words.chooseFollower, 'yunfan/zhao');
  await page.getByRole('dialog').getByRole('button', { name: words.dispatch, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: words.dispatched })).toBeVisible();
}

test('ticked leads go to one follower together, and then all that still match', async ({ page, words }) => {
  await enter(page, 'yunfan/lin');
  const campaign = newCampaign();
  const numbers: string[] = [];
  for (let entered = 0; entered < 4; entered += 1) numbers.push((await haveLead(page, newLead({ campaign }))).number);
  const [first, second, third] = numbers as [string, string, string, string];
  const list = `/lead-dispatch?${new URLSearchParams({ campaign })}`;
  await open(page, list);
  await expect(page.getByText(words.total('4'))).toBeVisible();
  await page.getByRole('checkbox', { name: words.select(first) }).check();
  await page.getByRole('checkbox', { name: words.select(third) }).check();
  await page.getByRole('button', { name: words.batchDispatch }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(words.willDispatch(2))).toBeVisible();
  await expect(dialog.getByText(first)).toBeVisible();
  await expect(dialog.getByText(third)).toBeVisible();
  await dispatchTo(page, words);

  await open(page, list);
  await expect(page.getByText(words.total('2'))).toBeVisible();
  await expect(page.getByRole('link', { name: second, exact: true })).toBeVisible();
  await page.getByRole('button', { name: words.dispatchAll(2) }).click();
  await expect(dialog.getByText(words.willDispatch(2))).toBeVisible();
  await expect(dialog.getByText(second)).toBeVisible();
  await dispatchTo(page, words);
  await open(page, list);
  await expect(page.getByText(words.nothingFound)).toBeVisible();
});

test('one box ticks the page, and the count follows', { tag: '@javascript' }, async ({ page, words }) => {
  await enter(page, 'yunfan/lin');
  await open(page, '/lead-dispatch?size=10');
  const button = page.getByRole('button', { name: words.batchDispatch });
  const whole = page.getByRole('checkbox', { name: words.selectPage });
  const rows = page.getByRole('table').getByRole('checkbox');
  await expect(button).toBeDisabled();
  await whole.check();
  await expect(page.getByText(words.selected(10))).toBeVisible();
  await expect(rows.nth(9)).toBeChecked();
  await expect(button).toBeEnabled();
  await rows.nth(4).uncheck();
  await expect(page.getByText(words.selected(9))).toBeVisible();
  await expect(whole).not.toBeChecked();
  await expect(whole).toHaveJSProperty('indeterminate', true);
  await rows.nth(4).check();
  await expect(whole).toBeChecked();
  await whole.uncheck();
  await expect(page.getByText(words.selected(0))).toBeVisible();
  await expect(button).toBeDisabled();
});

test('nothing ticked is nothing to dispatch', { tag: '@plain' }, async ({ page, words }) => {
  await enter(page, 'yunfan/lin');
  await open(page, '/lead-dispatch?size=10');
  await page.getByRole('button', { name: words.batchDispatch }).click();
  await expect(page.getByRole('alert')).toContainText(words.chooseOne);
});
