// 上一条 and 下一条: from a lead to those beside it in the list that it was opened from, and back to that list.
import type { Page } from '@playwright/test';
import { enter, expect, open, ready, test } from './support/app';
import { haveLead, newCampaign, newLead } from './support/leads';
import type { Words } from './support/words';

/** Clicks on a link of the page, and waits for the page of this lead. */
async function goOn(page: Page, words: Words, name: string, number: string) {
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${words.lead} ${number}` })).toBeVisible();
  await ready(page);
}

test('one goes through a list lead by lead, into a dialog and out of it, and back to the list', async ({ page, words }) => {
  const campaign = newCampaign();
  await enter(page, 'yunfan/wu');
  const numbers: string[] = [];
  for (let entered = 0; entered < 3; entered += 1) numbers.unshift((await haveLead(page, newLead({ campaign }))).number);
  const [newest, middle, oldest] = numbers as [string, string, string];
  const beside = page.getByRole('main').getByRole('link');
  const previous = beside.and(page.locator('[rel=prev]'));
  const next = beside.and(page.locator('[rel=next]'));

  const list = `/leads?${new URLSearchParams({ campaign, size: '10' })}`;
  await open(page, list);
  await goOn(page, words, newest, newest);
  await expect(previous).toHaveCount(0);
  await goOn(page, words, words.nextOne, middle);
  await expect(previous).toHaveText(words.previousOne);
  await page.getByRole('link', { name: words.follow, exact: true }).click();
  await ready(page);
  await page.getByRole('dialog', { name: words.follow }).getByRole('link', { name: words.close }).click();
  await goOn(page, words, words.nextOne, oldest);
  await expect(next).toHaveCount(0);
  await expect(page.getByText(words.nextOne, { exact: true })).toHaveAttribute('aria-disabled', 'true');
  await goOn(page, words, words.previousOne, middle);
  await page.getByRole('link', { name: words.backToList, exact: true }).click();
  await expect(page).toHaveURL(list);
  await expect(page.getByText(words.total('3'))).toBeVisible();
});
