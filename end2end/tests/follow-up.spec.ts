// 跟进, 退回 and 重新打开: what each result makes of a lead.
import { expect, expectStatus, open, signIn, test } from './support/app';
import { createLead, field, followUp, inDays, newLead } from './support/leads';
import { languages, zh, type Words } from './support/words';
import type { Page } from '@playwright/test';

/** Sees that the lead whose page is open stands in this state. */
async function expectState(page: Page, state: string) {
  const fact = page.getByRole('definition').filter({ hasText: new RegExp(`^\\s*${state}\\s*$`) });
  await expect(fact).toBeVisible();
}

async function saved(page: Page, words: Words) {
  await expect(page.getByRole('status').filter({ hasText: words.followed })).toBeVisible();
}

for (const words of languages) {
  const { interested, again, unreached, noNeed, invalid, developed } = words.outcomes;
  const { following } = words.states;
  const results: [string, string, string?, string?][] = [
    [interested, following, inDays(1)],
    [again, following, inDays(90)],
    [unreached, following],
    [noNeed, following],
    [invalid, words.states.invalid, undefined, words.competitor],
    // What has become a customer is developed next, which is what converts the lead.
    [developed, following],
  ];
  test(`each result leads to its state, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'yunfan/wu', words);
    for (const [outcome, state, nextOn, reason] of results) {
      await test.step(outcome, async () => {
        await createLead(page, newLead(), words);
        await expectState(page, words.states.dispatched);
        await followUp(page, words, { outcome, content: `结果: ${outcome}`, nextOn, reason });
        await saved(page, words);
        await expectState(page, state);
        const latest = page.getByRole('listitem').filter({ hasText: `结果: ${outcome}` });
        await expect(latest).toContainText(`${words.byPhone} · ${outcome}`);
        if (nextOn) await expect(latest).toContainText(nextOn);
        if (reason) await expect(latest).toContainText(reason);
        // A closed lead is followed up no more, and says so.
        await expect(page.getByRole('link', { name: words.follow, exact: true })).toHaveCount(state === following ? 1 : 0);
      });
    }
  });
}

test('a follow-up that lacks something names it and keeps the rest', async ({ page }) => {
  expectStatus(page, 422);
  await signIn(page, 'yunfan/wu');
  await createLead(page, newLead());
  const dialog = page.getByRole('dialog', { name: zh.follow });

  await test.step('nothing at all', async () => {
    await page.getByRole('link', { name: zh.follow, exact: true }).click();
    await dialog.getByRole('button', { name: zh.follow, exact: true }).click();
    await expect(dialog.getByRole('alert').getByRole('link')).toHaveText([
      `${zh.way}${zh.separator}${zh.required}`,
      `${zh.outcome}${zh.separator}${zh.required}`,
      `${zh.content}${zh.separator}${zh.required}`,
    ]);
    await dialog.getByRole('link', { name: zh.close }).click();
    await expect(dialog).toHaveCount(0);
  });

  await test.step('an invalid lead without a reason', async () => {
    await followUp(page, zh, { outcome: zh.outcomes.invalid, content: '说不清' });
    await expect(field(dialog, zh.invalidReason)).toHaveAccessibleDescription(new RegExp(zh.required));
    await expect(field(dialog, zh.content)).toHaveValue('说不清');
    await dialog.getByRole('link', { name: zh.close }).click();
  });

  for (const [what, nextOn, refusal] of [
    ['no next date', undefined, zh.required],
    ['a next date that is today', inDays(0), zh.future],
    ['a next date too far ahead', inDays(91), zh.within90Days],
  ] as const) {
    await test.step(what, async () => {
      await followUp(page, zh, { outcome: zh.outcomes.interested, content: '下周再聊', nextOn });
      await expect(field(dialog, zh.nextOn)).toHaveAccessibleDescription(new RegExp(refusal));
      await expect(field(dialog, zh.nextOn)).toHaveValue(nextOn ?? '');
      await expect(field(dialog, zh.content)).toHaveValue('下周再聊');
      await dialog.getByRole('link', { name: zh.close }).click();
    });
  }
  await expectState(page, zh.states.dispatched);
});

for (const words of languages) {
  test(`a returned lead leaves its follower and tells why, in ${words.tag}`, async ({ page, anotherPage }) => {
    expectStatus(page, 404);
    expectStatus(page, 422);
    await signIn(page, 'yunfan/chen', words);
    const { url } = await createLead(page, newLead(), words);
    await page.getByRole('link', { name: words.return, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: words.return });
    await dialog.getByRole('button', { name: words.return, exact: true }).click();
    await expect(field(dialog, words.reason)).toHaveAccessibleDescription(words.required);
    await field(dialog, words.reason).fill('客户在外地\n请转给当地同事');
    await dialog.getByRole('button', { name: words.return, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: words.returned })).toBeVisible();
    expect(await open(page, url)).toBe(404);

    const supervisors = await anotherPage();
    await signIn(supervisors, 'yunfan/lin', words);
    await open(supervisors, url);
    await expectState(supervisors, words.states.undispatched);
    const latest = supervisors.getByRole('listitem').filter({ hasText: words.returnedEntry });
    await expect(latest).toContainText('请转给当地同事');
    await expect(latest).toContainText('陈志远');
  });

  test(`an administrator takes an invalid lead up again, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, 'yunfan/wu', words);
    const { url } = await createLead(page, newLead(), words);
    await followUp(page, words, { outcome: words.outcomes.invalid, content: '竞品公司', reason: words.competitor });
    await saved(page, words);
    await expect(page.getByRole('link', { name: words.reopen, exact: true })).toHaveCount(0);

    const administrators = await anotherPage();
    await signIn(administrators, 'yunfan/admin', words);
    await open(administrators, url);
    await administrators.getByRole('link', { name: words.reopen, exact: true }).click();
    const dialog = administrators.getByRole('dialog', { name: words.reopen });
    await field(dialog, words.reason).fill('对方其实是客户');
    await dialog.getByRole('button', { name: words.reopen, exact: true }).click();
    await expect(administrators.getByRole('status').filter({ hasText: words.reopenedFlash })).toBeVisible();
    await expectState(administrators, words.states.following);
    await open(page, url);
    await expect(page.getByRole('link', { name: words.follow, exact: true })).toBeVisible();
  });
}

test('what is not possible now is offered with the reason', async ({ page }) => {
  await signIn(page, 'yunfan/admin');
  await createLead(page, newLead());
  const follow = page.getByRole('button', { name: zh.follow, exact: true });
  await expect(follow).toBeDisabled();
  await expect(follow).toHaveAccessibleDescription('线索尚未派发，请先派发');
});
