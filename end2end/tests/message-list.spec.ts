// 消息中心: reading, and finding what has been read. Each test has a company of its own, whose messages nobody else reads.
import { expect, open, test } from './support/app';
import { newCompany, signInFirst } from './support/company';
import { condition, createLead, dispatchLead, newLead, search } from './support/leads';
import { languages } from './support/words';

for (const words of languages) {
  const { tell } = words;

  test(`messages are found by the form, and marked as read one by one or all at once, in ${words.tag}`, async ({
    page,
    anotherPage,
  }) => {
    const company = newCompany();
    const operator = { ...company, account: 'operator' };
    const administrators = await anotherPage();
    await signInFirst(administrators, company, words);
    const numbers: string[] = [];
    for (let entered = 0; entered < 3; entered += 1) {
      const { number, url } = await createLead(administrators, newLead(), words);
      await dispatchLead(administrators, words, url, '线索专员 (operator)');
      numbers.push(number);
    }
    const [first, second, third] = numbers as [string, string, string];

    await signInFirst(page, operator, words);
    const line = (number: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: number });
    await page.getByRole('link', { name: words.messages }).click();
    await expect(page.getByRole('heading', { level: 1, name: words.messages })).toBeVisible();
    await condition(page, tell.group).selectOption({ label: tell.ofAccounts });
    await search(page, words);
    await expect(page.getByText(tell.nothingFound)).toBeVisible();
    await page.getByRole('search').getByRole('link', { name: words.reset }).click();
    await condition(page, tell.group).selectOption({ label: tell.ofLeads });
    await condition(page, tell.readOrNot).selectOption({ label: tell.unread });
    await search(page, words);
    for (const number of numbers) await expect(line(number)).toContainText(words.messageOf(number));

    await line(second).getByRole('button', { name: tell.markOne }).click();
    await expect(line(second)).toHaveCount(0);
    for (const number of [first, third]) await expect(line(number)).toBeVisible();
    // What was asked for is still asked for.
    await expect(condition(page, tell.group)).toHaveValue('leads');
    await condition(page, tell.readOrNot).selectOption({ label: tell.read });
    await search(page, words);
    await expect(line(second)).toBeVisible();
    await expect(line(second).getByRole('button')).toHaveCount(0);
    await expect(line(first)).toHaveCount(0);

    await page.getByRole('button', { name: tell.markAll, exact: true }).click();
    for (const number of numbers) await expect(line(number)).toBeVisible();
    await expect(page.getByRole('button', { name: tell.markAll, exact: true })).toHaveCount(0);
    await open(page, '/messages?read=no');
    await expect(page.getByText(tell.nothingFound)).toBeVisible();
    await expect(page.getByRole('link', { name: words.messages })).not.toContainText(/\d/);
  });
}
