//! Whom a partner shows its customers: who chooses them, how many, in which order, and who stands in where nobody is
//! chosen.

use partner_center::{
    ctx::Origin,
    error::{Code, Error, Problem},
    ids::{MemberId, TenantId},
    people::{self, Contacts, Sent, admin},
};
use uuid::Uuid;

use crate::{
    people::support::{create, page},
    support::{App, Client, only_audit},
};

const PAGE: &str = "/members/contacts";

/// What a partner's customers see, asked by a member of the partner.
async fn shown(app: &App, tenant: &str, who: &str) -> Contacts {
    let (tenant, _) = admin::tenant_named(&app.store, tenant).await.unwrap();
    people::contacts(&ctx(app, who).await, tenant).await.unwrap()
}

async fn ctx(app: &App, who: &str) -> partner_center::ctx::Ctx {
    let member = MemberId(app.member(who).await);
    people::member_ctx(&app.store, member, Origin::default(), app.clock.now()).await.unwrap()
}

fn names(contacts: &Contacts) -> Vec<&str> {
    contacts.people.iter().map(|contact| contact.name.as_str()).collect()
}

/// Chooses these members of the first partner, place by place.
async fn choose(app: &App, admin: &Client, accounts: &[&str]) -> crate::support::Answer {
    let mut fields: Vec<(&str, String)> = people::CONTACT_PLACES.map(|place| (place, String::new())).to_vec();
    for (field, account) in fields.iter_mut().zip(accounts) {
        if !account.is_empty() {
            field.1 = app.member(&format!("yunfan/{account}")).await.to_string();
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    admin.fill(PAGE, &fields).await
}

#[tokio::test]
async fn customers_see_those_who_are_chosen_in_their_order_and_masked() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let before = app.audited("contacts_changed").await;
    let answer = choose(&app, &admin, &["zhao", "", "lin"]).await;
    assert_eq!((answer.status, answer.location()), (303, PAGE), "{}", answer.text());
    assert_eq!(app.audited("contacts_changed").await, before + 1);
    let contacts = shown(&app, "yunfan", "yunfan/admin").await;
    assert!(contacts.are_chosen);
    assert_eq!(names(&contacts), ["赵雨桐", "林晓梅"]);
    for contact in &contacts.people {
        assert!(contact.phone.text().contains("****") && contact.email.text().contains("****"), "{contact:?}");
    }
    let page = admin.get(PAGE).await;
    assert!(page.says("客户联系人已保存") && !page.says("尚未选择客户联系人"));
    assert!(!page.says("zhao@yunfan.example"));
    // The other way round.
    assert_eq!(choose(&app, &admin, &["lin", "zhao"]).await.status, 303);
    assert_eq!(names(&shown(&app, "yunfan", "yunfan/admin").await), ["林晓梅", "赵雨桐"]);
    // Nothing changed, nothing recorded.
    let before = app.audited("contacts_changed").await;
    assert_eq!(choose(&app, &admin, &["lin", "zhao"]).await.status, 303);
    assert_eq!(app.audited("contacts_changed").await, before);
    assert!(admin.get("/audit?event=contacts_changed").await.says("2 → 2 位"));
}

#[tokio::test]
async fn where_nobody_is_chosen_customers_see_the_administrator_who_has_been_there_longest() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    assert_eq!(create(&admin, "second.admin", 1, &[("roles", "admin")]).await.status, 303);
    assert_eq!(choose(&app, &admin, &[]).await.status, 303);
    let contacts = shown(&app, "yunfan", "yunfan/admin").await;
    let name = "SELECT name FROM members WHERE id = ?";
    let name = app.rows(name, [app.member("yunfan/admin").await.into()]).await;
    let name: String = name[0].try_get_by_index(0).unwrap();
    assert!(!contacts.are_chosen);
    assert_eq!(names(&contacts), [name.as_str()]);
    assert!(contacts.people[0].phone.text().contains("****"));
    assert!(admin.get(PAGE).await.says("尚未选择客户联系人"));
    // Once that one has gone, the other stands in.
    admin::disable_member(&app.store, MemberId(app.member("yunfan/admin").await), app.clock.now()).await.unwrap();
    let contacts = shown(&app, "yunfan", "yunfan/second.admin").await;
    assert_eq!(names(&contacts), ["王小明"]);
}

#[tokio::test]
async fn a_sixth_contact_one_twice_a_disabled_and_a_foreign_one_are_refused_beside_their_places() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let ctx = ctx(&app, "yunfan/admin").await;
    let before = app.writes().await;
    let mut six = Vec::new();
    for account in ["lin", "chen", "zhao", "wu", "qian", "sun"] {
        six.push(Some(MemberId(app.member(&format!("yunfan/{account}")).await)));
    }
    let nothing_seen = Sent { token: None, seen: "" };
    let refused = people::set_contacts(&ctx, &six, nothing_seen).await;
    assert_eq!(refused, Err(Error::Invalid(vec![Problem::new("first", Code::TooManyCustomerContacts)])));
    let id = |who: &'static str| app.member(who);
    let (lin, gone, he) = (id("yunfan/lin").await, id("yunfan/jiang.nan").await, id("qingshan/he").await);
    for (second, said) in [
        (lin.to_string(), "已在前面选择过该成员"),
        (gone.to_string(), "请选择一位正常状态的成员"),
        (he.to_string(), "请选择一位正常状态的成员"),
        (Uuid::new_v4().to_string(), "请选择一位正常状态的成员"),
        ("nobody".to_owned(), "请选择一位正常状态的成员"),
    ] {
        let answer = admin.fill(PAGE, &[("first", &lin.to_string()), ("second", &second)]).await;
        assert_eq!(answer.status, 422, "{said}");
        assert!(answer.says(said) && answer.says("id=\"second-error\""), "{said}: {}", answer.text());
        let kept = format!("value=\"{lin}\" selected");
        assert!(answer.says(&kept) || answer.says("selected value"), "what was chosen is kept: {}", answer.text());
    }
    assert_eq!(admin.post(PAGE, &[("first", ""), ("sixth", &lin.to_string())]).await.status, 400);
    assert_eq!(app.writes_since(&before).await, only_audit(0));
}

#[tokio::test]
async fn the_database_itself_has_five_places() {
    let app = App::new().await;
    for place in [0, 6] {
        let sql = "INSERT INTO customer_contacts (tenant_id, place, member_id) SELECT tenant_id, ?, id FROM members \
                   WHERE id = ?";
        let sixth = app.statement(sql, [place.into(), app.member("qingshan/he").await.into()]);
        assert!(sea_orm::ConnectionTrait::execute_raw(&app.db, sixth).await.is_err(), "{place}");
    }
}

#[tokio::test]
async fn a_contact_who_is_disabled_drops_out_and_is_not_back_once_enabled() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    assert_eq!(choose(&app, &admin, &["lin", "zhao", "qian"]).await.status, 303);
    let before = app.audited("contacts_changed").await;
    assert_eq!(admin.fill(&page(&app, "yunfan/zhao", "disable").await, &[]).await.status, 303);
    assert_eq!(app.audited("contacts_changed").await, before + 1);
    assert_eq!(names(&shown(&app, "yunfan", "yunfan/admin").await), ["林晓梅", "钱静"]);
    assert_eq!(admin.fill(&page(&app, "yunfan/zhao", "enable").await, &[]).await.status, 303);
    assert_eq!(names(&shown(&app, "yunfan", "yunfan/admin").await), ["林晓梅", "钱静"]);
    // Whoever was none changes nothing.
    assert_eq!(admin.fill(&page(&app, "yunfan/wu", "disable").await, &[]).await.status, 303);
    assert_eq!(app.audited("contacts_changed").await, before + 1);
}

#[tokio::test]
async fn what_somebody_else_has_chosen_meanwhile_is_shown_first_and_one_form_counts_once() {
    let app = App::new().await;
    let (one, other) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/admin").await);
    let (lin, zhao) = (app.member("yunfan/lin").await.to_string(), app.member("yunfan/zhao").await.to_string());
    let late = other.filled(PAGE, &[("first", &lin), ("second", ""), ("third", "")]).await;
    let first = one.filled(PAGE, &[("first", &zhao), ("second", ""), ("third", "")]).await;
    for _ in 0..2 {
        let answer = one.send(one.form(PAGE, first.clone())).await;
        assert_eq!((answer.status, answer.location()), (303, PAGE), "{}", answer.text());
    }
    assert_eq!(other.send(other.form(PAGE, late)).await.status, 409);
    assert_eq!(names(&shown(&app, "yunfan", "yunfan/admin").await), ["赵雨桐"]);
}

#[tokio::test]
async fn nobody_but_a_partners_administrator_chooses_contacts() {
    let app = App::new().await;
    app.tally().await;
    for who in ["yunfan/lin", "yunfan/chen", "zhiyun/admin", "haitang/admin", "platform/operator"] {
        let client = app.sign_in(who).await;
        let own = app.member(who).await.to_string();
        let before = app.writes().await;
        assert_eq!(client.get(PAGE).await.status, 403, "{who}");
        assert_eq!(client.post(PAGE, &[("first", &own)]).await.status, 403, "{who}");
        assert_eq!(app.writes_since(&before).await, only_audit(2), "{who}");
    }
    let reseller = app.sign_in("qingshan/admin").await;
    let he = app.member("qingshan/he").await.to_string();
    assert_eq!(reseller.fill(PAGE, &[("first", &he)]).await.status, 303, "each partner has its own");
    assert_eq!(names(&shown(&app, "qingshan", "qingshan/admin").await), ["贺文博"]);
    let nowhere = people::contacts(&ctx(&app, "qingshan/admin").await, TenantId(Uuid::new_v4())).await.unwrap();
    assert!(nowhere.people.is_empty());
}
