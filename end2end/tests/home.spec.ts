// 主页: what waits, as the lists count it; how the last weeks went; what one worked on last.
import type { Page } from '@playwright/test';
import { expect, open, signIn, test } from './support/app';
import { newCompany, signInFirst } from './support/company';
import { createLead, dispatchLead, followUp, inDays, newLead, uploadLeads } from './support/leads';
import { languages, type Words } from './support/words';

for (const words of languages) {
  test(`each number leads to a list of so many, in ${words.tag}`, async ({ page }) => {
    // Nobody else follows up this member's leads, so that these numbers stand still.
    await signIn(page, 'qingshan/he', words);
    for (const due of ['overdue', 'today']) {
      await open(page, '/');
      const card = page.locator(`a.todo[href="/leads?due=${due}"]`);
      const count = await card.locator('.todo__count').innerText();
      await card.click();
      await expect(page.getByRole('combobox', { name: words.nextOn })).toHaveValue(due);
      if (count === '0') await expect(page.getByText(words.nothingFound)).toBeVisible();
      else await expect(page.getByText(words.total(count))).toBeVisible();
    }
  });

  test(`the trend is a picture with its numbers beside it, and the last lead is there again, in ${words.tag}`, async ({
    page,
  }) => {
    await signIn(page, 'yunfan/admin', words);
    const lead = newLead();
    const { number } = await createLead(page, lead, words);
    await open(page, '/');
    const picture = page.getByRole('img', { name: words.trend });
    await expect(picture).toBeVisible();
    await expect(page.getByRole('table', { name: words.trend }).getByRole('row')).toHaveCount(1 + 8);
    await expect(page.getByRole('link', { name: number })).toBeVisible();
    await expect(page.getByText(lead.company)).toHaveCount(0);
  });
}

/** Presses each card of the home page, and says the numbers of those that are not empty, by the words of the card. */
async function pressCards(page: Page, words: Words): Promise<Record<string, string>> {
  const counts: Record<string, string> = {};
  await open(page, '/');
  const cards = await page.locator('a.todo').count();
  for (let place = 0; place < cards; place += 1) {
    await open(page, '/');
    const card = page.locator('a.todo').nth(place);
    const word = await card.locator('.todo__word').innerText();
    const count = await card.locator('.todo__count').innerText();
    const href = (await card.getAttribute('href'))!;
    await card.click();
    await expect(page).toHaveURL(href);
    if (count !== '0') counts[word] = count;
    const isTable = !href.startsWith('/messages');
    const lines = isTable ? page.getByRole('main').getByRole('row') : page.locator('.messages > li');
    await expect(lines, word).toHaveCount(Number(count) + (isTable && count !== '0' ? 1 : 0));
  }
  return counts;
}

for (const words of languages) {
  const { cards } = words;

  test(`every card counts what its list shows, in ${words.tag}`, async ({ page, anotherPage }) => {
    // A company of its own, in which nobody else moves a lead.
    const company = newCompany();
    const operator = { ...company, account: 'operator' };
    await signInFirst(page, company, words);
    for (const dispatched of [false, true, true, true]) {
      const { url } = await createLead(page, newLead(), words);
      if (dispatched) await dispatchLead(page, words, url, '线索专员 (operator)');
    }
    const theirs = await anotherPage();
    await signInFirst(theirs, operator, words);
    expect(await pressCards(theirs, words)).toEqual({ [cards.toFollow]: '3', [cards.unread]: '3' });
    await theirs.locator('.messages > li').first().getByRole('link').click();
    await followUp(theirs, words, { outcome: words.outcomes.again, content: '下周再聊', nextOn: inDays(3) });
    await expect(theirs.getByRole('status').filter({ hasText: words.followed })).toBeVisible();
    expect(await pressCards(theirs, words)).toMatchObject({ [cards.toFollow]: '2', [cards.following]: '1' });
    await uploadLeads(page, words, 2);
    const all = { [cards.toDispatch]: '1', [cards.toFollow]: '2', [cards.following]: '1', [cards.imports]: '1' };
    expect(await pressCards(page, words)).toEqual(all);
  });

  for (const [member, count] of [
    ['yunfan/admin', 5],
    ['yunfan/wu', 2],
  ] as const) {
    test(`the quick links of ${member} lead where they say, in ${words.tag}`, async ({ page }) => {
      await signIn(page, member, words);
      const links = page.getByRole('navigation', { name: words.quickLinks }).getByRole('link');
      await expect(links).toHaveCount(count);
      for (const name of await links.allInnerTexts()) {
        await open(page, '/');
        await page.getByRole('navigation', { name: words.quickLinks }).getByRole('link', { name, exact: true }).click();
        await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
      }
    });
  }
}

for (const words of languages) {
  test(`whoever has no leads has messages and its own way on, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'yunfan/qian', words);
    await expect(page.locator('a.todo')).toHaveCount(1);
    await expect(page.getByRole('img')).toHaveCount(0);
    await expect(page.getByRole('navigation', { name: words.quickLinks })).toHaveCount(0);
  });
}
