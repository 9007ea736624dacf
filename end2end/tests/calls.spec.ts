// 外呼: a lead is called without anybody seeing its number, and what came of it is written down. Calls of the demo happen
// by themselves; how one goes is fixed by its number.
//
// A member makes one call at a time, so the two projects call as different members, each one test after the other.
import type { Page } from '@playwright/test';
import { expect, expectStatus, hasJavaScript, open, ready, signIn, test } from './support/app';
import { axe } from './support/axe';
import type { Member } from './support/cast';
import { createLead, field, inDays, newCampaign, newLead } from './support/leads';
import { languages, zh, type Words } from './support/words';

test.describe.configure({ mode: 'serial' });
test.setTimeout(120_000);

const caller = (): Member => (hasJavaScript() ? 'xinghe/ma' : 'xinghe/tang');

const other = (): Member => (hasJavaScript() ? 'xinghe/tang' : 'xinghe/ma');

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
  const dialog = page.getByRole('dialog', { name: words.call.step === 'Call' ? 'Outbound call' : words.call.step });
  if (hasJavaScript()) await axe(page);
  await dialog.getByRole('button', { name: words.call.start }).click();
  await expect(page).toHaveURL(/\/calls\//);
}

for (const words of languages) {
  test(`a call is followed to its end and written down, in ${words.tag}`, async ({ page }) => {
    const { call } = words;
    const phone = answeredNumber();
    await signIn(page, caller(), words);
    const { url } = await createLead(page, newLead({ phone }), words);

    await startCall(page, words);
    const state = page.locator('[data-call-state]');
    await expect(state).toHaveText(new RegExp(call.states.join('|')));
    await expect(state).toHaveText(call.talking, { timeout: 30_000 });
    await expect(page.getByRole('heading', { name: call.outcome })).toBeVisible({ timeout: 40_000 });
    await ready(page);
    await expect(state).toHaveText(call.completed);
    if (hasJavaScript()) await axe(page);
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
      await field(page, words.content).fill('先记一半');
      await field(page, words.outcome).selectOption({ label: words.outcomes.interested });
      await page.getByRole('button', { name: call.keep, exact: true }).click();
      await expect(page.getByRole('status').filter({ hasText: call.kept })).toBeVisible();
      await page.reload();
      await ready(page);
      await expect(field(page, words.content)).toHaveValue('先记一半');
      await expect(field(page, words.outcome)).toHaveValue('interested');
      if (hasJavaScript()) await axe(page);
      await open(page, url);
      await page.getByRole('link', { name: call.draft }).click();
      await ready(page);
      await expect(field(page, words.content)).toHaveValue('先记一半');
    });

    await page.getByRole('button', { name: words.save, exact: true }).scrollIntoViewIfNeeded();
    await field(page, words.content).fill('要一份报价');
    await field(page, words.nextOn).fill(inDays(3));
    await page.getByRole('button', { name: words.save, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: call.saved })).toBeVisible();
    await expect(page.getByRole('region', { name: call.calls }).getByRole('row').nth(1)).toContainText(call.completed);
    await expect(page.getByRole('listitem').filter({ hasText: '要一份报价' })).toBeVisible();
    await expect(page.getByRole('link', { name: call.draft })).toHaveCount(0);
    expect(await page.content()).not.toContain(phone.slice(-6));
    if (hasJavaScript()) await axe(page);
  });

  test(`a call is started from the list and given up, in ${words.tag}`, async ({ page }) => {
    const campaign = newCampaign();
    await signIn(page, caller(), words);
    const { number } = await createLead(page, newLead({ phone: answeredNumber(), campaign }), words);
    await open(page, `/leads?${new URLSearchParams({ campaign })}`);
    await startCall(page, words, number);
    await page.getByRole('button', { name: words.call.giveUp }).click();
    await expect(page.locator('[data-call-state]')).toHaveText(words.call.givenUp, { timeout: 30_000 });
    // Nobody was reached, so there is nothing to write down.
    await expect(page.getByRole('link', { name: words.call.toLead })).toBeVisible();
  });

  test(`a number is not called more often than it may be, in ${words.tag}`, async ({ page }) => {
    const { call } = words;
    await signIn(page, caller(), words);
    const { url } = await createLead(page, newLead({ phone: busyNumber() }), words);
    for (const time of ['first', 'second']) {
      await test.step(`the ${time} call reaches a busy number`, async () => {
        await open(page, url);
        await startCall(page, words);
        await expect(page.getByRole('heading', { name: call.outcome })).toBeVisible({ timeout: 40_000 });
        await ready(page);
        await expect(page.locator('[data-call-state]')).toHaveText(call.busy);
        // What is likely is chosen already, and what the call says is written down.
        await expect(field(page, words.content)).toHaveValue(new RegExp(call.busy));
        await page.getByRole('button', { name: words.save, exact: true }).click();
        await expect(page.getByRole('status').filter({ hasText: call.saved })).toBeVisible();
      });
    }
    await open(page, `${url}/call`);
    await expect(page.getByRole('alert')).toContainText(call.tooOften);
    await expect(page.getByRole('button', { name: call.start })).toHaveCount(0);
    if (hasJavaScript()) await axe(page);
  });

  test(`a lead of somebody else is called by nobody but its follower, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, caller(), words);
    const { url } = await createLead(page, newLead({ phone: answeredNumber() }), words);
    const colleagues = await anotherPage();
    expectStatus(colleagues, 404);
    await signIn(colleagues, other(), words);
    expect(await open(colleagues, `${url}/call`)).toBe(404);
    await expect(colleagues.getByText(words.notFound).first()).toBeVisible();
    const finances = await anotherPage();
    expectStatus(finances, 403);
    await signIn(finances, 'yunfan/qian', words);
    expect(await open(finances, `${url}/call`)).toBe(403);
    await expect(finances.getByText(words.denied).first()).toBeVisible();
  });

  test(`a number that is muted is not called until an administrator allows it, in ${words.tag}`, async ({
    page,
    anotherPage,
  }) => {
    const { call } = words;
    await signIn(page, caller(), words);
    const { url } = await createLead(page, newLead({ phone: answeredNumber() }), words);
    await page.getByRole('link', { name: call.mute, exact: true }).click();
    await ready(page);
    await field(page, call.muteReason).selectOption({ label: call.asked });
    await page.getByRole('button', { name: call.mute, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: call.muted })).toBeVisible();
    await expect(page.getByText(call.asked)).toBeVisible();
    await page.getByRole('link', { name: call.step, exact: true }).click();
    await expect(page.getByRole('alert')).toContainText(call.isMuted);

    await test.step('whoever calls may not allow it itself', async () => {
      expectStatus(page, 403);
      await open(page, url);
      await expect(page.getByText(call.asked)).toBeVisible();
      await expect(page.getByRole('link', { name: call.unmute, exact: true })).toHaveCount(0);
      expect(await open(page, `${url}/unmute`)).toBe(403);
      await expect(page.getByRole('heading', { level: 1, name: words.denied })).toBeVisible();
    });

    const administrators = await anotherPage();
    await signIn(administrators, 'xinghe/admin', words);
    await open(administrators, url);
    await administrators.getByRole('link', { name: call.unmute, exact: true }).click();
    await ready(administrators);
    await administrators.getByRole('button', { name: call.unmute, exact: true }).click();
    await expect(administrators.getByRole('status').filter({ hasText: call.unmuted })).toBeVisible();
    await open(page, `${url}/call`);
    await expect(page.getByRole('button', { name: call.start })).toBeVisible();
  });
}

for (const words of languages) {
  test(`outside marketing plan 2.0 there is no button, and the address says why, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 409);
    const campaign = newCampaign();
    await signIn(page, 'yunfan/wu', words);
    const { url, number } = await createLead(page, newLead({ campaign }), words);
    await expect(page.getByRole('link', { name: words.follow, exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: words.call.step, exact: true })).toHaveCount(0);
    expect(await open(page, `${url}/call`)).toBe(409);
    await expect(page.getByText(words.call.outsidePlan)).toBeVisible();
    await open(page, `/leads?${new URLSearchParams({ campaign })}`);
    await expect(page.getByRole('link', { name: `${words.follow} ${number}`, exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: `${words.call.step} ${number}`, exact: true })).toHaveCount(0);
  });
}

test('an administrator sets the rules of calling', async ({ page }) => {
  await signIn(page, 'xinghe/admin');
  await open(page, '/leads');
  await page.getByRole('link', { name: zh.call.rules }).click();
  await ready(page);
  if (hasJavaScript()) await axe(page);
  // As they are: the other tests call by them.
  await page.getByRole('button', { name: zh.save, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: zh.call.rulesSaved })).toBeVisible();
});
