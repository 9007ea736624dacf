//! What the operator of the product does to members from the command line: by the same rules, and in the same trail.

use std::process::Command;

use partner_center::{
    access::Role,
    error::{Code, Error, Problem, Result},
    ids::{MemberId, TenantId},
    people::{
        Held, NewPerson, PersonFields, admin,
        hashing::{Cost, Hasher},
    },
};

use crate::{
    people::support::{INITIAL, create, page, roles, supervisor},
    support::{App, only_audit},
};

async fn tenant(app: &App, name: &str) -> TenantId {
    admin::tenant_named(&app.store, name).await.unwrap().0
}

/// A member as the command line reads it.
fn member(account: &str, roles: &[Role], supervisor: Option<MemberId>) -> NewPerson {
    let fields = PersonFields { account: account.to_owned(), name: "王小明".to_owned(), ..PersonFields::default() };
    let (account, person) = fields.check_unreached().unwrap();
    let held = roles.iter().copied().map(Held::Default).collect();
    NewPerson { account, person, telesales: false, password: INITIAL.to_owned(), held, supervisor }
}

async fn set_up(app: &App, of: &str, new: &NewPerson) -> Result<MemberId> {
    let hasher = Hasher::new(Cost::Trifling);
    admin::create_member(&app.store, &hasher, tenant(app, of).await, new, app.clock.now()).await
}

#[tokio::test]
async fn a_member_that_is_set_up_signs_in_and_its_roles_are_in_the_trail() {
    let app = App::new().await;
    let lin = MemberId(app.member("yunfan/lin").await);
    let codes = ["member_created", "roles_changed", "supervisor_set"];
    let mut before = Vec::new();
    for code in codes {
        before.push(app.audited(code).await);
    }
    let id = set_up(&app, "yunfan", &member("wang.xm", &[Role::Manager, Role::Architect], Some(lin))).await.unwrap();
    for (code, before) in codes.into_iter().zip(before) {
        assert_eq!(app.audited(code).await, before + 2, "{code}: in the platform's trail and in the tenant's");
    }
    let actors = "SELECT COUNT(*) FROM audit_events WHERE object_id = ? AND actor_id IS NULL";
    assert_eq!(app.number(actors, [id.0.into()]).await, 6, "the operator is nobody");
    assert_eq!(roles(&app, id.0).await, ["architect", "manager"]);
    assert_eq!(supervisor(&app, "yunfan/wang.xm").await.as_deref(), Some("lin"));
    let client = app.anonymous();
    assert_eq!(client.sign_in("yunfan/wang.xm", INITIAL).await.status, 303);
    assert_eq!(client.get("/").await.location(), "/change-password");
    // The vendor's side sees every tenant, and its accounts are its own all the same.
    set_up(&app, "platform", &member("admin", &[Role::Reviewer], None)).await.unwrap();
}

#[tokio::test]
async fn what_an_administrator_cannot_set_up_the_operator_cannot_either() {
    let app = App::new().await;
    app.tally().await;
    let (lin, chen) = (MemberId(app.member("yunfan/lin").await), MemberId(app.member("yunfan/chen").await));
    let he = MemberId(app.member("qingshan/he").await);
    let before = app.writes().await;
    let three = [Role::Finance, Role::Architect, Role::LeadOperator, Role::Manager];
    for (field, code, new) in [
        ("account", Code::Taken, member("ADMIN", &[Role::Finance], None)),
        ("roles", Code::Nothing, member("wang.xm", &[], None)),
        ("roles", Code::TooManyRoles, member("wang.xm", &three, Some(lin))),
        ("roles", Code::AdministratorAlone, member("wang.xm", &[Role::Admin, Role::Finance], None)),
        ("roles", Code::ManagerAndSupervisor, member("wang.xm", &[Role::Manager, Role::Supervisor], Some(lin))),
        ("roles", Code::Unknown, member("wang.xm", &[Role::Reviewer], None)),
        ("supervisor", Code::Required, member("wang.xm", &[Role::Manager], None)),
        ("supervisor", Code::NotASupervisor, member("wang.xm", &[Role::Manager], Some(chen))),
        ("supervisor", Code::NotASupervisor, member("wang.xm", &[Role::Manager], Some(he))),
        (
            "password",
            Code::WeakPassword,
            NewPerson { password: "weak".to_owned(), ..member("wang.xm", &[Role::Finance], None) },
        ),
    ] {
        let refused = set_up(&app, "yunfan", &new).await;
        assert_eq!(refused, Err(Error::Invalid(vec![Problem::new(field, code)])));
    }
    assert_eq!(app.writes_since(&before).await, only_audit(0));
    for (account, name) in [("wang", "王小明"), ("op_wang", "王小明"), ("wang.xm", "")] {
        let fields = PersonFields { account: account.to_owned(), name: name.to_owned(), ..PersonFields::default() };
        assert_eq!(fields.check_unreached().unwrap_err().len(), 1, "{account} {name}");
    }
}

#[tokio::test]
async fn whom_the_operator_disables_leaves_its_team_and_the_contacts_as_anybody_does() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let lin = app.member("yunfan/lin").await;
    let form = [("first", &*lin.to_string()), ("second", ""), ("third", "")];
    admin.fill("/members/contacts", &form).await;
    let client = app.sign_in("yunfan/lin").await;
    let before = (app.audited("contacts_changed").await, app.audited("member_disabled").await);
    for _ in 0..2 {
        admin::disable_member(&app.store, MemberId(lin), app.clock.now()).await.unwrap();
    }
    let after = (app.audited("contacts_changed").await, app.audited("member_disabled").await);
    assert_eq!(after, (before.0 + 2, before.1 + 2), "a line in the platform's trail and one in the tenant's");
    assert!(client.get("/profile").await.location().starts_with("/sign-in"));
    for who in ["yunfan/chen", "yunfan/zhao"] {
        assert_eq!(supervisor(&app, who).await, None, "{who}");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM customer_contacts WHERE member_id = ?", [lin.into()]).await, 0);
    let dialog = page(&app, "yunfan/chen", "supervisor").await;
    assert_eq!(admin.get(&dialog).await.status, 200, "it is to be reassigned");
    assert_eq!(create(&admin, "wang.xm", 1, &[("roles", "finance")]).await.status, 303);
}

#[tokio::test]
async fn a_supervisor_whose_role_the_operator_takes_leaves_its_team() {
    let app = App::new().await;
    let lin = MemberId(app.member("yunfan/lin").await);
    admin::take_role(&app.store, lin, Role::Supervisor, app.clock.now()).await.unwrap();
    assert_eq!(supervisor(&app, "yunfan/chen").await, None);
    assert!(roles(&app, lin.0).await.is_empty());
}

#[tokio::test]
async fn the_command_line_says_what_is_wrong_beside_its_field_and_does_what_is_right() {
    let app = App::new().await;
    let run = |words: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_partner-center"));
        command.args(words.split(' ')).args(["--demo", "--database-url", &app.copy.url]);
        let output = command.env("PARTNER_CENTER_INITIAL_PASSWORD", INITIAL).output().unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.success(), said.concat())
    };
    let create = "member create --tenant yunfan --name 王小明";
    for (words, wrong) in [
        ("--account op_wang --role finance", "account: An account cannot begin with op_"),
        ("--account wang.xm --role manager", "supervisor: This field is required"),
        ("--account wang.xm --role manager --supervisor chen", "supervisor: Choose an active account manager"),
        ("--account wang.xm --role admin --role finance", "roles: The administrator's role stands alone"),
        ("--account wang.xm --role reviewer", "roles of a distributor are: admin, supervisor"),
    ] {
        let (done, said) = run(&format!("{create} {words}"));
        assert!(!done && said.contains(wrong), "{words}: {said}");
    }
    let (done, said) = run(&format!("{create} --account wang.xm --role manager --supervisor lin"));
    assert!(done && said.trim().parse::<MemberId>().is_ok(), "{said}");
    assert_eq!(supervisor(&app, "yunfan/wang.xm").await.as_deref(), Some("lin"));
    let review = "member qualification --tenant yunfan --account wang.xm --state";
    for (words, told) in [
        ("under-review --role manager", "noted"),
        ("under-review --role manager", "nothing new"),
        ("done --role manager", "noted"),
    ] {
        let (done, said) = run(&format!("{review} {words}"));
        assert!(done && said.trim() == told, "{words}: {said}");
    }
    let (done, said) = run(&format!("{review} under-review --role architect"));
    assert!(!done && said.contains("role: This member does not hold this role"), "{said}");
}
