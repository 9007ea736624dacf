//! Two at once, on two servers: no phone twice, no tenant without an administrator.

use partner_center::{
    access::{Action, Role},
    ctx::Origin,
    error::Error,
    ids::MemberId,
    people::{
        self, NewRole, PersonFields, Sent, admin,
        hashing::{Cost, Hasher},
    },
};
use tokio::task::JoinSet;

use crate::{
    people::support::{create, is_in, new_member, page},
    support::{App, encoded},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_at_once_do_not_get_the_same_account_phone_or_email() {
    let app = App::new().await;
    let second = app.second_server().await;
    let admin = app.sign_in("yunfan/admin").await;
    let mut forms = JoinSet::new();
    for place in 0..8_u32 {
        let client = if place % 2 == 0 { admin.clone() } else { admin.at(&second) };
        forms.spawn(async move {
            // Every second one has the account in common, all have the phone.
            let account = if place % 2 == 0 { "wang.xm".to_owned() } else { format!("li.{place}xx") };
            let mut fields = new_member(&account, 1);
            fields.push(("roles".to_owned(), "finance".to_owned()));
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            client.send(client.form("/members/new", encoded(&fields))).await.status
        });
    }
    let mut statuses = forms.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422, 422, 422, 422, 422, 422, 422]);
}

#[tokio::test]
async fn the_database_itself_refuses_a_second_phone_and_a_second_spelling() {
    let app = App::new().await;
    let copy = |account: &str, print: &str| {
        format!(
            "INSERT INTO members (id, tenant_id, account, name, password_hash, must_change_password, telesales, site, \
             version, disabled_at, created_at, phone_print) SELECT ?, tenant_id, '{account}', name, password_hash, \
             must_change_password, telesales, site, version, disabled_at, created_at, {print} FROM members WHERE id = ?"
        )
    };
    let chen = app.member("yunfan/chen").await;
    for (account, print) in [("chen.two", "phone_print"), ("CHEN", "NULL"), ("chen", "NULL")] {
        let insert = app.statement(&copy(account, print), [uuid::Uuid::new_v4().into(), chen.into()]);
        let refused = sea_orm::ConnectionTrait::execute_raw(&app.db, insert).await.unwrap_err();
        assert!(matches!(refused.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))), "{account}");
    }
}

#[tokio::test]
async fn who_is_disabled_or_loses_the_role_while_its_request_is_under_way_changes_nobody() {
    for loss in ["disabled", "without the role"] {
        let app = App::new().await;
        let one = app.sign_in("yunfan/admin").await;
        assert_eq!(create(&one, "second.admin", 1, &[("roles", "admin")]).await.status, 303);
        let (second, chen) = (MemberId(app.member("yunfan/second.admin").await), app.member("yunfan/chen").await);
        // The request is let in, and waits.
        let now = app.clock.now();
        let ctx = people::member_ctx(&app.store, second, Origin::default(), now).await.unwrap();
        match loss {
            "disabled" => admin::disable_member(&app.store, second, now).await.unwrap(),
            _ => admin::take_role(&app.store, second, Role::Admin, now).await.unwrap(),
        }
        let nothing_seen = Sent { token: None, seen: "" };
        let disabled = people::disable(&ctx, MemberId(chen), nothing_seen).await.map(drop);
        assert_eq!(disabled, Err(Error::SignedOut), "{loss}");
        let role = NewRole { name: "偷来的角色".to_owned(), items: vec![Action::ViewAudit] };
        assert_eq!(people::create_role(&ctx, &role, nothing_seen).await, Err(Error::SignedOut), "{loss}");
        let still = "SELECT COUNT(*) FROM members WHERE id = ? AND disabled_at = 0";
        assert_eq!(app.number(still, [chen.into()]).await, 1, "{loss}");
    }
}

#[tokio::test]
async fn who_is_disabled_while_its_own_form_is_under_way_changes_not_even_itself() {
    let app = App::new().await;
    let (wu, now) = (MemberId(app.member("yunfan/wu").await), app.clock.now());
    let person = PersonFields { name: "吴海涛".to_owned(), ..PersonFields::default() }.check().unwrap();
    let hasher = Hasher::new(Cost::Trifling);
    let nothing_seen = Sent { token: None, seen: "" };
    let ctx = people::member_ctx(&app.store, wu, Origin::default(), now).await.unwrap();
    admin::disable_member(&app.store, wu, now).await.unwrap();
    let edited = people::edit_own(&ctx, &hasher, &person, "", nothing_seen).await;
    assert_eq!(edited, Err(Error::SignedOut));
    assert_eq!(app.number("SELECT COUNT(*) FROM members WHERE name = '吴海涛'", []).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_administrators_who_disable_each_other_at_once_leave_one() {
    for step in ["disable", "roles"] {
        let app = App::new().await;
        let second = app.second_server().await;
        let one = app.sign_in("yunfan/admin").await;
        assert_eq!(create(&one, "second.admin", 1, &[("roles", "admin")]).await.status, 303);
        app.change("UPDATE members SET must_change_password = FALSE WHERE account = 'second.admin'", []).await;
        let other = app.anonymous().at(&second);
        assert_eq!(other.sign_in("yunfan/second.admin", super::support::INITIAL).await.status, 303);
        let (of_one, of_other) =
            (page(&app, "yunfan/admin", step).await, page(&app, "yunfan/second.admin", step).await);
        let fields: &[(&str, &str)] = if step == "roles" { &[("roles", "finance")] } else { &[] };
        let (first, last) = (one.clone(), other.clone());
        let first = tokio::spawn(async move { first.post(&of_other, fields).await.status });
        let last = tokio::spawn(async move { last.post(&of_one, fields).await.status });
        let mut statuses = [first.await.unwrap(), last.await.unwrap()];
        statuses.sort_unstable();
        // The slower one is refused as the last administrator's enemy, or finds itself signed out already.
        assert_eq!(statuses[0], 303, "{step}");
        assert_eq!(usize::from(is_in(&one).await) + usize::from(is_in(&other).await), 1, "{step}");
        let left = "SELECT COUNT(*) FROM members m JOIN member_roles r ON r.member_id = m.id JOIN tenants t \
                    ON t.id = m.tenant_id WHERE t.name = 'yunfan' AND r.role = 'admin' AND m.disabled_at = 0";
        assert_eq!(app.number(left, []).await, 1, "{step}");
    }
}
