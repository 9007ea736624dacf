// 上一条 and 下一条: from a lead to those beside it in the list that it was opened from, and back to that list.
import type { Page } from '@playwright/test';
import { expect, expectStatus, open, ready, signIn, test } from './support/app';
import { createLead, newCampaign, newLead } from './support/leads';
import { languages, type Words } from './support/words';

/** Clicks on a link of the page, and waits for the page of this lead. */
async function goOn(page: Page, words: Words, name: string, number: string) {
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${words.lead} ${number}` })).toBeVisible();
  await ready(page);
}

for (const words of languages) {
  for (const path of ['/leads', '/lead-dispatch']) {
    test(`one goes through ${path} lead by lead and back to it, in ${words.tag}`, async ({ page }) => {
      const campaign = newCampaign();
      await signIn(page, 'yunfan/lin', words);
      const numbers: string[] = [];
      for (let entered = 0; entered < 3; entered += 1) {
        numbers.unshift((await createLead(page, newLead({ campaign }), words)).number);
      }
      const [newest, middle, oldest] = numbers as [string, string, string];
      const beside = page.getByRole('main').getByRole('link');
      const previous = beside.and(page.locator('[rel=prev]'));
      const next = beside.and(page.locator('[rel=next]'));

      const list = `${path}?${new URLSearchParams({ campaign, size: '10' })}`;
      await open(page, list);
      await goOn(page, words, newest, newest);
      await expect(previous).toHaveCount(0);
      await goOn(page, words, words.nextOne, middle);
      await expect(previous).toHaveText(words.previousOne);
      await goOn(page, words, words.nextOne, oldest);
      await expect(next).toHaveCount(0);
      await expect(page.getByText(words.nextOne, { exact: true })).toHaveAttribute('aria-disabled', 'true');
      await goOn(page, words, words.previousOne, middle);
      await page.getByRole('link', { name: words.backToList, exact: true }).click();
      await expect(page).toHaveURL(list);
      await expect(page.getByText(words.total('3'))).toBeVisible();
    });
  }

  test(`a dialog keeps the place in the list, in ${words.tag}`, async ({ page }) => {
    const campaign = newCampaign();
    await signIn(page, 'yunfan/wu', words);
    const { number: older } = await createLead(page, newLead({ campaign }), words);
    const { number: newer } = await createLead(page, newLead({ campaign }), words);
    const list = `/leads?${new URLSearchParams({ campaign })}`;
    await open(page, list);
    await goOn(page, words, newer, newer);
    await page.getByRole('link', { name: words.follow, exact: true }).click();
    await ready(page);
    await page.getByRole('dialog', { name: words.follow }).getByRole('link', { name: words.close }).click();
    await goOn(page, words, words.nextOne, older);
    await page.getByRole('link', { name: words.backToList, exact: true }).click();
    await expect(page).toHaveURL(list);
  });

  test(`an address gives nobody neighbours in a list that is not theirs, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, 'yunfan/lin', words);
    const { url: theirs } = await createLead(page, newLead(), words);
    const operator = await anotherPage();
    expectStatus(operator, 403);
    expectStatus(operator, 404);
    await signIn(operator, 'yunfan/wu', words);
    const { url: own, number } = await createLead(operator, newLead(), words);
    const place = '?in=%2Flead-dispatch%3Fstate%3Dundispatched';
    const beside = operator.locator('main [rel=next], main [rel=prev]');

    expect(await open(operator, `${own}${place}`)).toBe(200);
    await expect(operator.getByRole('heading', { level: 1, name: `${words.lead} ${number}` })).toBeVisible();
    await expect(beside).toHaveCount(0);
    await expect(operator.getByRole('link', { name: words.backToList, exact: true })).toHaveCount(0);
    expect(await open(operator, `${theirs}${place}`)).toBe(404);
    await expect(beside).toHaveCount(0);
    expect(await open(operator, '/lead-dispatch?state=undispatched')).toBe(403);

    const finance = await anotherPage();
    expectStatus(finance, 403);
    await signIn(finance, 'yunfan/qian', words);
    for (const address of [`${theirs}${place}`, `${theirs}?in=%2Fleads`]) {
      expect(await open(finance, address), address).toBe(403);
      await expect(finance.getByRole('heading', { level: 1, name: words.denied })).toBeVisible();
      await expect(finance.locator('main [rel=next], main [rel=prev]')).toHaveCount(0);
    }
  });
}
