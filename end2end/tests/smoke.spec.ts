// The way of a newcomer: a lead from its first line to the audit trail. The one walk that all four kinds of browsers take.
import { expect, open, ready, signIn, signOut, test } from './support/app';
import { cast } from './support/cast';
import { chooseMember, condition, createLead, followUp, inDays, newLead, search } from './support/leads';

test('a lead is entered, dispatched, followed up and found in the trail', async ({ page, words }) => {
  const lead = newLead();

  await signIn(page, 'yunfan/admin');
  const { number } = await createLead(page, lead);

  await page.getByText(words.sales, { exact: true }).first().click();
  await page.getByRole('navigation', { name: words.mainMenu }).getByRole('link', { name: words.dispatchPage }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.dispatchPage })).toBeVisible();
  await condition(page, words.company).fill(lead.initials);
  await search(page);
  await page.getByRole('link', { name: `${words.dispatch} ${number}` }).click();
  await ready(page);
  const dialog = page.getByRole('dialog', { name: words.dispatch });
  await chooseMember(page, words.chooseFollower, 'yunfan/wu');
  await dialog.getByRole('button', { name: words.dispatch, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${words.lead} ${number}` })).toBeVisible();
  await expect(page.getByRole('list').getByText(words.dispatchedTo(cast['yunfan/wu']))).toBeVisible();
  await signOut(page);

  await signIn(page, 'yunfan/wu');
  await page.getByRole('link', { name: words.messages }).click();
  await page.getByRole('link', { name: words.messageOf(number) }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${words.lead} ${number}` })).toBeVisible();
  const nextOn = inDays(3);
  await followUp(page, { outcome: words.outcomes.again, content: `聊过 ${number}`, nextOn });
  await expect(page.getByRole('status').filter({ hasText: words.followed })).toBeVisible();
  const latest = page.getByRole('listitem').filter({ hasText: `聊过 ${number}` });
  await expect(latest).toContainText(words.outcomes.again);
  await expect(latest).toContainText(nextOn);
  await expect(latest).toContainText(cast['yunfan/wu']);
  await expect(page.getByRole('main').getByText(words.states.following, { exact: true })).toBeVisible();
  await signOut(page);

  await signIn(page, 'yunfan/admin');
  for (const event of [words.events.dispatched, words.events.followedUp]) {
    await open(page, '/audit');
    await expect(page.getByRole('heading', { level: 1, name: words.audit })).toBeVisible();
    await condition(page, words.event).selectOption({ label: event });
    await search(page);
    const lines = page.getByRole('table', { name: words.audit }).getByRole('row').filter({ hasText: number });
    await expect(lines.filter({ hasText: event })).toHaveCount(1);
  }
});
