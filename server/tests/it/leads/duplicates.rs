//! The same company twice.

use crate::support::App;

const THERE_IS_ONE: &str = "已有公司和联系方式相同的未关闭线索<";
const A_COLLEAGUES: &str = "贵公司已有公司和联系方式相同的未关闭线索，由其他同事跟进";
const COMPANY: &str = "上海重复测试有限公司";
const PHONE: &str = "13955550001";

fn fields<'f>(company: &'f str, phone: &'f str, email: &'f str) -> [(&'static str, &'f str); 5] {
    [("company", company), ("contact", "李小明"), ("phone", phone), ("email", email), ("source", "own")]
}

#[tokio::test]
async fn an_open_twin_blocks_and_is_shown_to_those_who_see_it() {
    let app = App::new().await;
    let (wu, admin) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/admin").await);
    let id = wu.enter(COMPANY, PHONE, &[("email", "li@chongfu.example")]).await;
    let count = app.number("SELECT COUNT(*) FROM leads", []).await;
    for (company, phone, email) in [
        (COMPANY, PHONE, ""),
        ("上海重复测试 有限公司", "+86 139-5555-0001", ""),
        ("上海重复测试有限公司", "１３９５５５５０００１", ""),
        (COMPANY, "13955550002", "Li@ChongFu.example"),
    ] {
        let answer = admin.fill("/leads/new", &fields(company, phone, email)).await;
        assert_eq!(answer.status, 422, "{company} {phone} {email}");
        assert!(answer.says(THERE_IS_ONE) && answer.says(&format!("href=\"/leads/{id}\"")));
        assert!(answer.says("查看已有线索"));
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM leads", []).await, count);
    // Another company with that number, and that company with another number, are other leads.
    admin.enter("上海另一测试有限公司", PHONE, &[]).await;
    admin.enter(COMPANY, "13955550003", &[]).await;
}

#[tokio::test]
async fn who_does_not_see_the_twin_learns_nothing_of_it() {
    let app = App::new().await;
    let (wu, chen) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/chen").await);
    let id = wu.enter(COMPANY, PHONE, &[("email", "li@chongfu.example")]).await;
    let number = app.lead(&id).await.display();
    let answer = chen.fill("/leads/new", &fields(COMPANY, PHONE, "")).await;
    assert_eq!(answer.status, 422);
    assert!(answer.says(A_COLLEAGUES));
    for secret in [id.as_str(), &number, "吴海波", "chongfu.example", "查看已有线索"] {
        assert!(!answer.says(secret), "{secret}");
    }
}

#[tokio::test]
async fn another_tenants_twin_is_no_twin() {
    let app = App::new().await;
    let (wu, he) = (app.sign_in("yunfan/wu").await, app.sign_in("qingshan/he").await);
    let first = wu.enter(COMPANY, PHONE, &[]).await;
    let second = he.enter(COMPANY, PHONE, &[]).await;
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_closed_lead_makes_room_for_the_next_and_then_stays_closed() {
    let app = App::new().await;
    let (wu, admin) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/admin").await);
    let first = wu.enter(COMPANY, PHONE, &[]).await;
    let lost = [("way", "phone"), ("outcome", "invalid"), ("content", "空号"), ("reason", "wrong_number")];
    assert_eq!(wu.fill(&format!("/leads/{first}/follow"), &lost).await.status, 303);
    let second = admin.enter(COMPANY, PHONE, &[]).await;
    let reopened = admin.fill(&format!("/leads/{first}/reopen"), &[("content", "客户来电")]).await;
    assert_eq!(reopened.status, 409);
    assert!(reopened.says(THERE_IS_ONE));
    assert_eq!(app.lead(&first).await.state, "invalid");
    assert_eq!(app.lead(&second).await.state, "undispatched");
}

#[tokio::test]
async fn a_form_sent_twice_counts_once_and_leads_to_the_same_place() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let body = admin.filled("/leads/new", &fields(COMPANY, PHONE, "")).await;
    let first = admin.send(admin.form("/leads/new", body.clone())).await;
    let again = admin.send(admin.form("/leads/new", body.clone())).await;
    assert_eq!((first.status, again.status), (303, 303));
    assert_eq!(first.location(), again.location());
    assert_eq!(app.number("SELECT COUNT(*) FROM leads WHERE company = ?", [COMPANY.into()]).await, 1);
    // Nobody else gets anywhere with that form's token.
    let lin = app.sign_in("yunfan/lin").await;
    let stolen = lin.send(lin.form("/leads/new", body)).await;
    assert!(matches!(stolen.status, 400 | 422), "{}", stolen.status);
    assert_eq!(app.number("SELECT COUNT(*) FROM leads WHERE company = ?", [COMPANY.into()]).await, 1);
}

#[tokio::test]
async fn a_refused_form_may_be_sent_again_with_the_same_token() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let body = admin.filled("/leads/new", &fields("", PHONE, "")).await;
    assert_eq!(admin.send(admin.form("/leads/new", body.clone())).await.status, 422);
    let repaired = body.replace("company=&", &format!("{}&", crate::support::encoded(&[("company", COMPANY)])));
    assert_eq!(admin.send(admin.form("/leads/new", repaired)).await.status, 303);
}

#[tokio::test]
async fn a_follow_up_sent_twice_is_one_entry() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    let page = lead.step("follow");
    let body = wu.filled(&page, &[("way", "phone"), ("outcome", "unreached"), ("content", "只打了一次")]).await;
    for _ in 0..3 {
        let answer = wu.send(wu.form(&page, body.clone())).await;
        assert_eq!((answer.status, answer.location()), (303, lead.page().as_str()));
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM lead_entries WHERE content = ?", ["只打了一次".into()]).await, 1);
}

#[tokio::test]
async fn which_of_phone_and_email_is_the_same_is_not_told() {
    let app = App::new().await;
    let (wu, chen) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/chen").await);
    wu.enter(COMPANY, PHONE, &[("email", "li@chongfu.example")]).await;
    // Somebody who knows the e-mail tries numbers beside it: right and wrong ones get the same answer.
    let mut answers = Vec::new();
    for phone in [PHONE, "13955550002"] {
        let answer = chen.post("/leads/new", &fields(COMPANY, phone, "li@chongfu.example")).await;
        answers.push((answer.status, answer.without_chance(phone).1));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn whoever_meets_one_twin_after_the_other_is_stopped_whatever_comes_next() {
    let app = App::new().await;
    let (wu, chen) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/chen").await);
    wu.enter(COMPANY, PHONE, &[]).await;
    for _ in 0..partner_center::leads::TWINS_PER_MINUTE {
        assert_eq!(chen.post("/leads/new", &fields(COMPANY, PHONE, "")).await.status, 422);
    }
    assert_eq!(app.audited("duplicate_met").await, 10);
    let count = app.number("SELECT COUNT(*) FROM leads", []).await;
    for phone in [PHONE, "13955550002"] {
        let answer = chen.post("/leads/new", &fields(COMPANY, phone, "")).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, "60"), "{phone}");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM leads", []).await, count);
    app.clock.advance(61);
    assert_eq!(chen.post("/leads/new", &fields(COMPANY, "13955550002", "")).await.status, 303);
}
