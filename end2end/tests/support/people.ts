// Members that no other test knows of, and what pages about members say.
import type { Page } from '@playwright/test';
import { expect, open, signIn } from './app';
import { signInFirst } from './company';
import { field } from './leads';
import { zh, type Words } from './words';

const ofChinese = {
  organisation: '组织',
  members: '组织成员',
  roles: '角色管理',
  create: '创建人员',
  next: '下一步',
  back: '上一步',
  save: '创建',
  name: '姓名',
  mobile: '手机号码',
  newMobile: '新手机号码',
  newEmail: '新邮箱',
  supervisor: '主管',
  initial: '初始密码',
  finance: '财务专员',
  manager: '客户经理',
  admin: '系统管理员',
  created: '人员已创建',
  taken: '已被使用，请更换',
  alone: '管理员角色不能与其他角色同时选择',
  edit: '修改',
  contacts: '客户联系人',
  keepContacts: '保存联系人',
  contactsKept: '客户联系人已保存',
  noContacts: '尚未选择客户联系人，客户看到的是管理员的信息。',
  firstContact: '第 1 位',
  secondContact: '第 2 位',
  chosenTwice: '已在前面选择过该成员',
  nobody: '不选择',
  architect: 'SA专员',
  reviewed: '资质审核期间，对应角色已勾选且不能取消。',
  edited: '人员信息已修改',
  changeRoles: '修改角色',
  rolesChanged: '角色已修改',
  setSupervisor: '指定主管',
  supervisorSet: '主管已指定',
  unassigned: '待重新指定主管',
  reassign: '该客户经理的主管已不再担任主管，请重新指定主管。',
  team: '名下客户经理',
  leftAlone: '原名下客户经理已没有主管',
  resetPassword: '重置密码',
  passwordReset: '密码已重置，该成员的登录已失效',
  disable: '停用',
  disabled: '成员已停用',
  isDisabled: '已停用',
  enable: '启用',
  enabled: '成员已启用',
  oneself: '不能对自己进行此操作，请由其他管理员操作',
  newRole: '创建自定义角色',
  roleName: '角色名称',
  roleCreated: '角色已创建',
  editRole: '修改角色',
  roleEdited: '角色已修改，立即对持有人生效',
  roleHeld: '仍有成员持有该角色，请先调整他们的角色',
  deleteRole: '删除角色',
  roleDeleted: '角色已删除',
  audit: '查看云审计',
  seeLeads: '查看线索',
  why: '权限说明',
  explain: '查看说明',
  leadNumber: '线索编号',
  visible: '可以看到',
  hidden: '看不到',
  noSuchLead: '没有这条线索，或不在您的数据范围内',
  own: '您只能看到派发给自己的线索。',
  profile: '伙伴信息',
  basics: '基本信息',
  editOwn: '修改个人资料',
  ownEdited: '个人资料已修改',
  language: '语言',
  zone: '时区',
  keep: '保存设置',
  kept: '设置已保存',
  tokyo: '东京 (Asia/Tokyo)',
  tokyoNote: '时间均为东京时间',
  companyTitle: '公司名称',
  kind: '伙伴类型',
  plans: '已加入计划',
  distributor: '所属总经销商',
  reseller: '云经销商',
  solutionProvider: '解决方案提供商',
  plan: '营销计划 2.0',
  sessions: '我的登录',
  everywhere: '退出所有设备',
  thisSession: '当前登录',
  end: /^结束登录/,
  ended: '该登录已结束',
  firstPassword: '初始密码由管理员设置，请先修改为您自己的密码。',
  supervises: '客户经理主管',
  operator: '线索运营',
};

const ofEnglish: typeof ofChinese = {
  organisation: 'Organisation',
  members: 'Members',
  roles: 'Roles',
  create: 'Create a member',
  next: 'Next',
  back: 'Back to the person',
  save: 'Create',
  name: 'Name',
  mobile: 'Mobile',
  newMobile: 'New mobile',
  newEmail: 'New e-mail',
  supervisor: 'Supervisor',
  initial: 'Initial password',
  finance: 'Finance',
  manager: 'Account manager',
  admin: 'Administrator',
  created: 'The member has been created',
  taken: 'This is taken already: choose another one',
  alone: "The administrator's role stands alone",
  edit: 'Edit',
  contacts: 'Contacts for customers',
  keepContacts: 'Save the contacts',
  contactsKept: 'The contacts have been saved',
  noContacts: 'No contact has been chosen, so customers see the administrator.',
  firstContact: 'First',
  secondContact: 'Second',
  chosenTwice: 'This member has a place already',
  nobody: 'Nobody',
  architect: 'Solution architect',
  reviewed: 'While its qualification is under review, a role stays ticked and cannot be taken away.',
  edited: 'The member has been changed',
  changeRoles: 'Change roles',
  rolesChanged: 'The roles have been changed',
  setSupervisor: 'Set supervisor',
  supervisorSet: 'The supervisor has been set',
  unassigned: 'Without supervisor',
  reassign: "This account manager's supervisor is no longer a supervisor: choose another one.",
  team: 'Account managers under this member',
  leftAlone: 'the account managers under this member have no supervisor now',
  resetPassword: 'Reset password',
  passwordReset: 'The password has been reset; the member is signed out',
  disable: 'Disable',
  disabled: 'The member has been disabled',
  isDisabled: 'Disabled',
  enable: 'Enable',
  enabled: 'The member has been enabled',
  oneself: 'You cannot do this to your own account: ask another administrator',
  newRole: 'Create a custom role',
  roleName: 'Role name',
  roleCreated: 'The role has been created',
  editRole: 'Change the role',
  roleEdited: 'The role has been changed, for its holders at once',
  roleHeld: 'Members still hold this role: change their roles first',
  deleteRole: 'Delete the role',
  roleDeleted: 'The role has been deleted',
  audit: 'see the audit trail',
  seeLeads: 'see leads',
  why: 'My permissions',
  explain: 'Explain',
  leadNumber: 'Lead number',
  visible: 'Visible',
  hidden: 'Not visible',
  noSuchLead: 'There is no such lead, or it is not within your scope',
  own: 'You see only the leads that are dispatched to you.',
  profile: 'Profile',
  basics: 'Basic information',
  editOwn: 'Change personal data',
  ownEdited: 'Your data has been changed',
  language: 'Language',
  zone: 'Time zone',
  keep: 'Save choices',
  kept: 'Your choices are kept',
  tokyo: 'Tokyo (Asia/Tokyo)',
  tokyoNote: 'Times are those of Tokyo',
  companyTitle: 'Company name',
  kind: 'Kind',
  plans: 'Plans',
  distributor: 'Distributor',
  reseller: 'Cloud reseller',
  solutionProvider: 'Solution provider',
  plan: 'Marketing plan 2.0',
  sessions: 'My sessions',
  everywhere: 'Sign out everywhere',
  thisSession: 'this one',
  end: /^End/,
  ended: 'That session has ended',
  firstPassword: 'Your administrator has set this password: choose one of your own first.',
  supervises: 'Account manager supervisor',
  operator: 'Lead operator',
};

/** What pages about members say in this language. */
export function peopleWords(words: Words) {
  return words === zh ? ofChinese : ofEnglish;
}

export type NewMember = { account: string; name: string; phone: string; email: string };

/** A member who does not exist yet. */
export function newMember(): NewMember {
  const number = String(Math.floor(Math.random() * 1e8)).padStart(8, '0');
  return { account: `tester${number}`, name: '测试员', phone: `136${number}`, email: `tester${number}@example.com` };
}

/** Goes through both steps of the form, with these roles ticked; says the initial password. */
export async function createMember(
  page: Page,
  words: Words,
  member: NewMember,
  roles: string[],
  supervisor?: NewMember,
): Promise<string> {
  const t = peopleWords(words);
  await open(page, '/members/new');
  await fillPerson(page, words, member);
  await page.getByRole('button', { name: t.next, exact: true }).click();
  for (const role of roles) await page.getByRole('checkbox', { name: role, exact: true }).check();
  if (supervisor) await field(page, t.supervisor).selectOption({ label: called(supervisor) });
  const password = await field(page, t.initial).inputValue();
  await page.getByRole('button', { name: t.save, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: t.created })).toBeVisible();
  return password;
}

/** Fills in the first step. */
export async function fillPerson(page: Page, words: Words, member: NewMember) {
  const t = peopleWords(words);
  await field(page, words.account).fill(member.account);
  await field(page, t.name).fill(member.name);
  await field(page, t.mobile).fill(member.phone);
  await field(page, words.email).fill(member.email);
}

/** A member in a list of members to choose from. */
export function called(member: NewMember): string {
  return `${member.name} (${member.account})`;
}

/** Signs in for the first time as a member of the first partner, and chooses a password, which it says. */
export async function signInAsCreated(page: Page, words: Words, { account }: NewMember, initial: string): Promise<string> {
  const member = { tenant: 'yunfan', account, password: initial };
  await signInFirst(page, member, words);
  return member.password;
}

/** Signs in as a member with these roles who is this test's alone, since what a member keeps is all its browsers'. */
export async function signInAsNewcomer(page: Page, administrators: Page, words: Words, roles: string[]) {
  const member = newMember();
  await signIn(administrators, 'yunfan/admin', words);
  const initial = await createMember(administrators, words, member, roles);
  return { ...member, password: await signInAsCreated(page, words, member, initial) };
}
