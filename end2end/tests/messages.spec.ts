// 消息中心: reading, finding what has been read, and how one is told.
import { enter, expect, hasJavaScript, open, ready, test } from './support/app';
import { condition, createLead, newLead, search } from './support/leads';

test('a message is marked as read, and found among the read ones', async ({ page, words }) => {
  const { tell } = words;
  await enter(page, 'yunfan/admin');
  const { number } = await createLead(page, newLead({ follower: 'yunfan/chen' }));
  await enter(page, 'yunfan/chen');
  await open(page, '/');
  await page.getByRole('link', { name: words.messages }).click();
  await condition(page, tell.group).selectOption({ label: tell.ofLeads });
  await condition(page, tell.readOrNot).selectOption({ label: tell.unread });
  await search(page);
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: number });
  await expect(line.getByRole('link')).toContainText(words.messageOf(number));
  await line.getByRole('button', { name: tell.markOne }).click();
  await expect(line).toHaveCount(0);
  // What was asked for is still asked for.
  await expect(condition(page, tell.group)).toHaveValue('leads');
  await condition(page, tell.readOrNot).selectOption({ label: tell.read });
  await search(page);
  await expect(line).toBeVisible();
  await expect(line.getByRole('button')).toHaveCount(0);
});

test('a member chooses how it is told', async ({ page, words }) => {
  await enter(page, hasJavaScript() ? 'yunfan/sun' : 'xinghe/ma');
  await open(page, '/');
  await page.getByLabel(words.accountMenu).click();
  await page.getByRole('link', { name: words.tell.settings }).click();
  const sms = page.getByRole('checkbox', { name: words.tell.leadsBySms });
  const wanted = !(await sms.isChecked());
  await ready(page);
  await sms.setChecked(wanted);
  await page.getByRole('button', { name: words.save }).click();
  await expect(page.getByText(words.tell.saved)).toBeVisible();
  await open(page, '/messages/settings');
  expect(await sms.isChecked()).toBe(wanted);
});
