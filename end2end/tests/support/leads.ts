// Leads that no other test knows of, and the steps that many tests take before the one they are about.
import { expect, type Locator, type Page } from '@playwright/test';
import { open, post, ready, spoken } from './app';
import { cast, type Member } from './cast';
import type { Words } from './words';

/** Characters whose pinyin has one reading, so that initials are certain. */
const CHARACTERS = '璟j翀c昶c琰y珩h璇x岚l潇x沐m宸c禹y骁x烨y泓h湛z麒q筠y颢h忻x瀚h邈m铎d旖y嫣y黛d婵c旌j鹭l蓓b驰c'.match(/../gu)!;

function pick<T>(from: readonly T[]): T {
  return from[Math.floor(Math.random() * from.length)]!;
}

/** A number of ten digits that will not come twice. */
function unique(): string {
  return String(Math.floor(Math.random() * 1e10)).padStart(10, '0');
}

export type NewLead = {
  company: string;
  /** The pinyin initials of the company's own name. */
  initials: string;
  /** The company's own name, without place, trade and legal form. */
  trade: string;
  contact: string;
  phone: string;
  campaign?: string;
  follower?: Member;
};

/** A lead of a company that does not exist yet. */
export function newLead(more: Partial<NewLead> = {}): NewLead {
  const letters = Array.from({ length: 7 }, () => pick(CHARACTERS));
  const trade = letters.map((letter) => letter[0]).join('');
  return {
    company: `上海${trade}科技有限公司`,
    initials: letters.map((letter) => letter[1]).join(''),
    trade,
    contact: '测试员',
    phone: `19${unique().slice(0, 9)}`,
    ...more,
  };
}

/** A campaign that no other lead is of. */
export function newCampaign(): string {
  return `测试活动 ${unique()}`;
}

/** The control of a field, whose label may bear the star of required ones. */
export function field(scope: Page | Locator, label: string): Locator {
  return scope.getByLabel(new RegExp(`^${label}\\s*\\*?$`));
}

/** The control of a condition in the search form. */
export function condition(page: Page, label: string): Locator {
  return field(page.getByRole('search'), label);
}

/** Sends the search form. */
export async function search(page: Page, words: Words = spoken()) {
  await page.getByRole('search').getByRole('button', { name: words.search, exact: true }).click();
}

/** Enters a lead by the form and arrives at its page. */
export async function createLead(page: Page, lead: NewLead): Promise<{ number: string; url: string }> {
  const words = spoken();
  await open(page, '/leads/new');
  await field(page, words.company).fill(lead.company);
  await field(page, words.contact).fill(lead.contact);
  await field(page, words.phone).fill(lead.phone);
  if (lead.campaign) await field(page, words.campaign).fill(lead.campaign);
  if (lead.follower) await chooseMember(page, words.follower, lead.follower);
  await page.getByRole('button', { name: words.submit }).click();
  await expect(page.getByRole('status').filter({ hasText: words.created })).toBeVisible();
  await ready(page);
  return { number: await numberOf(page), url: page.url() };
}

/** Arrives at the page of a lead that is entered by a request, where entering it is not what the test is about. */
export async function haveLead(page: Page, lead: NewLead): Promise<{ number: string; url: string }> {
  const { company, contact, phone, campaign = '' } = lead;
  const url = await post(page, '/leads/new', { company, contact, phone, campaign, source: 'own' });
  await open(page, url);
  return { number: await numberOf(page), url };
}

/** The number of the lead whose page is open. */
export async function numberOf(page: Page): Promise<string> {
  const heading = await page.getByRole('heading', { level: 1 }).textContent();
  return /XS\d{8}/.exec(heading ?? '')![0];
}

/** Chooses a member in a list whose entries also say how many leads each has. */
export async function chooseMember(page: Page, label: string, member: Member) {
  const list = field(page, label);
  const entry = list.getByRole('option', { name: `${cast[member]} (${member.split('/')[1]})` });
  await list.selectOption(await entry.getAttribute('value'));
}

/** Uploads a file of so many leads, and waits until it may be confirmed. */
export async function uploadLeads(page: Page, count: number) {
  const words = spoken();
  const rows = Array.from({ length: count }, () => newLead());
  const lines = rows.map(({ company, contact, phone }) => [company, contact, phone].join());
  const buffer = Buffer.from(['公司名称,客户名称,电话', ...lines].join('\r\n'));
  await open(page, '/leads/import');
  const file = page.getByLabel(words.bring.file, { exact: true });
  await file.setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: words.bring.upload }).click();
  await expect(page.getByRole('button', { name: words.bring.confirm })).toBeVisible({ timeout: 30_000 });
}

/** A follow-up as it is typed in. */
export type FollowUp = { outcome: string; content: string; nextOn: string };

/** Opens the follow-up dialog of the lead whose page is open, fills it in and sends it. */
export async function followUp(page: Page, { outcome, content, nextOn }: FollowUp) {
  const words = spoken();
  await page.getByRole('link', { name: words.follow, exact: true }).click();
  await ready(page);
  const dialog = page.getByRole('dialog', { name: words.follow });
  await dialog.getByLabel(words.way).selectOption({ label: words.byPhone });
  await dialog.getByLabel(words.outcome).selectOption({ label: outcome });
  await dialog.getByLabel(words.content).fill(content);
  await dialog.getByLabel(words.nextOn).fill(nextOn);
  await dialog.getByRole('button', { name: words.follow, exact: true }).click();
}

/** The day after so many days, in the zone of the trade. */
export function inDays(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(day);
}
