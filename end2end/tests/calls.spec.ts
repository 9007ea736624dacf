// 外呼: a lead is called without anybody seeing its number, and what came of it is written down. Calls of the demo happen
// by themselves; how one goes is fixed by its number. A member makes one call at a time, so each test calls as another one.
import type { Page } from '@playwright/test';
import { enter, expect, open, ready, test } from './support/app';
import { field, haveLead, inDays, newCampaign, newLead } from './support/leads';
import type { Words } from './support/words';

/** A number whose simulated call is answered after eight seconds and ends after fourteen. */
const answeredNumber = () => numberOf(0);
/** One that is busy, and ends after seven. */
const busyNumber = () => numberOf(7);

/** A number whose simulated call takes this course. */
function numberOf(course: number): string {
  for (;;) {
    const number = `19${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`;
    let hash = 2_166_136_261;
    for (const digit of number) hash = Math.imul(hash ^ digit.charCodeAt(0), 16_777_619) >>> 0;
    if (hash % 10 === course) return number;
  }
}

/** Opens the dialog of the lead whose page is open, or of this lead in the list that is, and starts the call. */
async function startCall(page: Page, words: Words, number?: string) {
  const name = number ? `${words.call.step} ${number}` : words.call.step;
  await page.getByRole('link', { name, exact: true }).click();
  await ready(page);
  await page.getByRole('dialog').getByRole('button', { name: words.call.start }).click();
  await expect(page).toHaveURL(/\/calls\//);
}

test('a call is followed on its page to its end, drafted and written down', { tag: '@javascript' }, async ({ page, words }) => {
  test.setTimeout(90_000);
  const { call } = words;
  const phone = answeredNumber();
  await enter(page, 'xinghe/ma');
  const { url } = await haveLead(page, newLead({ phone }));
  await startCall(page, words);
  const state = page.locator('[data-call-state]');
  await expect(state).toHaveText(new RegExp(call.states.join('|')));
  await expect(state).toHaveText(call.talking, { timeout: 30_000 });
  await expect(page.getByRole('heading', { name: call.outcome })).toBeVisible({ timeout: 40_000 });
  await ready(page);
  await expect(state).toHaveText(call.completed);
  const content = field(page, words.content);
  await expect(content).toHaveValue(new RegExp(`${call.duration}.*${call.completed}`));
  expect(await page.content()).not.toContain(phone.slice(-6));

  await test.step('the next call waits until this one is written down', async () => {
    await open(page, `${url}/call`);
    await expect(page.getByRole('alert')).toContainText(call.owed);
    await page.getByRole('link', { name: call.first }).click();
    await ready(page);
  });

  await test.step('what is typed is kept as a draft, which the lead names', async () => {
    await content.fill('先记一半');
    await field(page, words.outcome).selectOption({ label: words.outcomes.interested });
    await page.getByRole('button', { name: call.keep, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: call.kept })).toBeVisible();
    await open(page, url);
    await page.getByRole('link', { name: call.draft }).click();
    await ready(page);
    await expect(content).toHaveValue('先记一半');
    await expect(field(page, words.outcome)).toHaveValue('interested');
  });

  await content.fill('要一份报价');
  await field(page, words.nextOn).fill(inDays(3));
  await page.getByRole('button', { name: words.save, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: call.saved })).toBeVisible();
  await expect(page.getByRole('region', { name: call.calls }).getByRole('row').nth(1)).toContainText(call.completed);
  await expect(page.getByRole('listitem').filter({ hasText: '要一份报价' })).toBeVisible();
  await expect(page.getByRole('link', { name: call.draft })).toHaveCount(0);
  expect(await page.content()).not.toContain(phone.slice(-6));
});

test('a call from the list is followed without a program too, and written down', { tag: '@plain' }, async ({ page, words }) => {
  const { call } = words;
  const campaign = newCampaign();
  await enter(page, 'xinghe/tang');
  const { number } = await haveLead(page, newLead({ phone: busyNumber(), campaign }));
  await open(page, `/leads?${new URLSearchParams({ campaign })}`);
  await startCall(page, words, number);
  await expect(page.getByRole('button', { name: call.giveUp })).toBeVisible();
  await expect(page.getByRole('heading', { name: call.outcome })).toBeVisible({ timeout: 40_000 });
  await expect(page.locator('[data-call-state]')).toHaveText(call.busy);
  // What is likely is chosen already, and what the call says is written down.
  await expect(field(page, words.content)).toHaveValue(new RegExp(call.busy));
  await expect(field(page, words.outcome)).toHaveValue('unreached');
  await page.getByRole('button', { name: words.save, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: call.saved })).toBeVisible();
});
