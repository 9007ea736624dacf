//! Guessing, replaying, and carrying a code elsewhere.

use partner_center::{
    codes::{self, Operation, Sensitive, Typed},
    ctx::Origin,
    error::{Code, Error, Problem},
    ids::MemberId,
    messages::Channels,
    people,
};
use tokio::task::JoinSet;

use super::support::{answer, arrived, ask, is_on, other_than, switched_on};
use crate::support::{App, is_postgres};

#[tokio::test]
async fn the_switch_is_off_at_first_and_takes_a_code_to_turn_off_again() {
    let (app, post, admin) = switched_on().await;
    let refused = admin.post("/verification", &[("wanted", "off")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("输入验证码") && refused.says("value=\"off\""), "the dialog keeps what was wanted");
    assert_eq!(ask(&admin).await.status, 422);
    let code = arrived(&app, &post).await;
    assert!(is_on(&app).await);
    assert_eq!(answer(&admin, &code).await.status, 303);
    assert!(!is_on(&app).await);
    for (event, number) in [("code_sent", 1), ("code_confirmed", 1), ("code_failed", 0), ("verification_switched", 2)] {
        assert_eq!(app.audited(event).await, number, "{event}");
    }
}

#[tokio::test]
async fn two_wrong_tries_are_borne_and_three_are_not() {
    for (wrong, status) in [(2, 303), (3, 422)] {
        let (app, post, admin) = switched_on().await;
        ask(&admin).await;
        let code = arrived(&app, &post).await;
        for said in ["还可输入 2 次", "还可输入 1 次", "验证码已输错 3 次，请重新发送"].iter().take(wrong)
        {
            let refused = answer(&admin, &other_than(&code)).await;
            assert!(refused.status == 422 && refused.says(said), "{said}: {}", refused.text());
            assert_eq!(refused.says("name=\"code\""), !said.contains("重新发送"), "{said}");
        }
        assert_eq!(answer(&admin, &code).await.status, status, "after {wrong} wrong tries");
        assert_eq!(app.audited("code_failed").await, wrong as i64);
    }
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes() {
    for (seconds, status) in [(600, 303), (601, 422)] {
        let (app, post, admin) = switched_on().await;
        ask(&admin).await;
        let code = arrived(&app, &post).await;
        app.clock.advance(seconds);
        assert_eq!(answer(&admin, &code).await.status, status, "after {seconds} seconds");
    }
}

#[tokio::test]
async fn a_code_is_good_once() {
    let (app, post, admin) = switched_on().await;
    ask(&admin).await;
    let code = arrived(&app, &post).await;
    assert_eq!(answer(&admin, &code).await.status, 303);
    admin.post("/verification", &[("wanted", "on")]).await;
    assert_eq!(answer(&admin, &code).await.status, 422);
    assert!(is_on(&app).await);
}

#[tokio::test]
async fn a_code_is_good_in_the_session_that_asked_for_it() {
    let (app, post, admin) = switched_on().await;
    ask(&admin).await;
    let code = arrived(&app, &post).await;
    let elsewhere = app.sign_in("yunfan/admin").await;
    assert_eq!(answer(&elsewhere, &code).await.status, 422);
    assert_eq!(answer(&admin, &code).await.status, 303);
}

#[tokio::test]
async fn another_code_takes_the_place_of_the_one_before() {
    let (app, post, admin) = switched_on().await;
    ask(&admin).await;
    let first = arrived(&app, &post).await;
    app.clock.advance(1);
    ask(&admin).await;
    let second = arrived(&app, &post).await;
    if first != second {
        assert_eq!(answer(&admin, &first).await.status, 422);
    }
    assert_eq!(answer(&admin, &second).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_made_at_once_on_two_servers_count_one_by_one() {
    let (app, post, admin) = switched_on().await;
    ask(&admin).await;
    let code = arrived(&app, &post).await;
    let second = app.second_server().await;
    let mut guesses = JoinSet::new();
    for place in 0..20_u32 {
        let client = if place % 2 == 0 { admin.clone() } else { admin.at(&second) };
        let guess = format!("{:06}", (code.parse::<u32>().unwrap() + 1 + place) % 1_000_000);
        guesses.spawn(async move { answer(&client, &guess).await.status });
    }
    for status in guesses.join_all().await {
        assert!([422, 503].contains(&status), "{status}");
    }
    assert_eq!(app.number("SELECT CAST(MAX(wrong) AS BIGINT) FROM codes", []).await, 3);
    assert_eq!(app.audited("code_failed").await, 3);
    assert_eq!(answer(&admin, &code).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_code_sent_twice_at_once_lets_one_act_through() {
    let (app, post, admin) = switched_on().await;
    ask(&admin).await;
    let code = arrived(&app, &post).await;
    let second = app.second_server().await;
    let there = admin.at(&second);
    let (one, other) = tokio::join!(answer(&admin, &code), answer(&there, &code));
    assert!(one.status == 303 || other.status == 303);
    assert_eq!(app.audited("code_confirmed").await, 1);
    assert_eq!(app.audited("verification_switched").await, 2);
}

#[tokio::test]
async fn a_click_sends_one_code() {
    let (app, _, admin) = switched_on().await;
    let body = admin.filled("/verification", &[]).await;
    let body = body.replace("wanted=on", "wanted=off");
    for _ in 0..2 {
        let form = admin.form("/verification", format!("{body}&code_by=sms"));
        assert_eq!(admin.send(form).await.status, 422);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM codes", []).await, 1);
}

#[tokio::test]
async fn a_code_is_nowhere_but_in_its_letter() {
    let (app, post, admin) = switched_on().await;
    let page = ask(&admin).await;
    let waiting = everything(&app).await;
    let code = arrived(&app, &post).await;
    assert!(!page.says(&code), "on the page");
    assert!(!waiting.contains(&code), "in the database before it is sent");
    assert!(!everything(&app).await.contains(&code), "in the database afterwards");
    let sql = "SELECT COUNT(*) FROM outbox WHERE secret_sealed IS NOT NULL";
    assert_eq!(app.number(sql, []).await, 0, "the sealed code is forgotten");
    assert!(!admin.get("/audit?size=100").await.says(&code));
}

/// The texts of the tables that a code could be in.
async fn everything(app: &App) -> String {
    let mut all = String::new();
    let texts = [
        "SELECT operation FROM codes",
        "SELECT COALESCE(reason, '') FROM outbox",
        "SELECT detail FROM audit_events WHERE code LIKE 'code%' OR code LIKE 'verif%'",
        "SELECT data FROM sessions",
    ];
    let sealed =
        ["SELECT secret_sealed FROM outbox WHERE secret_sealed IS NOT NULL", "SELECT sealed FROM demo_letters"];
    for sql in sealed {
        for row in app.rows(sql, []).await {
            all.push_str(&String::from_utf8_lossy(&row.try_get_by_index::<Vec<u8>>(0).unwrap()));
            all.push('\n');
        }
    }
    for sql in texts {
        for row in app.rows(sql, []).await {
            all.push_str(&row.try_get_by_index::<String>(0).unwrap());
            all.push('\n');
        }
    }
    if !is_postgres() {
        assert!(!all.is_empty());
    }
    all
}

#[tokio::test]
async fn where_no_code_can_be_sent_none_is_asked_for() {
    let app = App::new().await;
    let store = app.store.clone().reached_by(Channels::default());
    let admin = MemberId(app.member("yunfan/admin").await);
    let ctx = people::member_ctx(&store, admin, Origin::default(), app.clock.now()).await.unwrap();
    let refused = codes::set(&ctx, true, Typed::default()).await;
    assert_eq!(refused, Err(Problem::alone("wanted", Code::NoOwnAddress)));
    assert!(!is_on(&app).await);
}

#[tokio::test]
async fn money_that_leaves_and_what_a_customer_decides_take_a_code_whatever_the_switch_says() {
    let (app, post) = crate::messages::support::quiet().await;
    let asked = async |who: &str, kind: Sensitive, typed: Typed<'_>| {
        let member = MemberId(app.member(who).await);
        let ctx = people::member_ctx(&app.store, member, Origin::default(), app.clock.now()).await.unwrap();
        codes::demand(&ctx, &Operation::new(kind).amount(100), typed).await.map(drop)
    };
    let by = Typed { by: "sms", ..Typed::default() };
    for (who, kind) in [("yunfan/admin", Sensitive::Withdraw), ("haitang/admin", Sensitive::AuthorisePartner)] {
        assert!(matches!(asked(who, kind, Typed::default()).await, Err(Error::CodeNeeded(_))), "{who}");
        assert!(matches!(asked(who, kind, by).await, Err(Error::CodeNeeded(_))), "{who}");
        let code = arrived(&app, &post).await;
        let wrong = other_than(&code);
        assert!(asked(who, kind, Typed { code: &wrong, ..Typed::default() }).await.is_err(), "{who}");
        assert_eq!(asked(who, kind, Typed { code: &code, ..Typed::default() }).await, Ok(()), "{who}");
    }
    assert_eq!(asked("yunfan/admin", Sensitive::PayOrder, Typed::default()).await, Ok(()), "as long as it is off");
}

#[tokio::test]
async fn only_administrators_of_partners_turn_the_switch() {
    let app = App::new().await;
    for who in ["yunfan/lin", "yunfan/wu", "zhiyun/admin", "haitang/admin", "platform/reviewer"] {
        let client = app.sign_in(who).await;
        assert_eq!(client.get("/verification").await.status, 403, "{who}");
        assert_eq!(client.post("/verification", &[("wanted", "on")]).await.status, 403, "{who}");
    }
}
