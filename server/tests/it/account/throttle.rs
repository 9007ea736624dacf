//! Guessing passwords gets slower and slower, and locks nobody out but the one who guesses.

use server::seed::PASSWORD;

use crate::support::{App, Client};

const WRONG: &str = "Wrong-2026";

/// Fails so many times, waiting as long as it takes.
async fn fail(app: &App, client: &Client, who: &str, times: usize) {
    for _ in 0..times {
        let answer = client.moved().sign_in(who, WRONG).await;
        match answer.status {
            422 => {}
            429 => {
                app.clock.advance(answer.header("retry-after").parse().unwrap());
                assert_eq!(client.moved().sign_in(who, WRONG).await.status, 422);
            }
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn the_wait_grows_with_each_failure() {
    let app = App::new().await;
    let client = app.anonymous();
    let mut waits = Vec::new();
    for _ in 0..9 {
        let mut answer = client.moved().sign_in("yunfan/wu", WRONG).await;
        let wait: i64 = answer.header("retry-after").parse().unwrap_or(0);
        waits.push(wait);
        if wait > 0 {
            // Not even the right password helps while one has to wait.
            assert_eq!(client.moved().sign_in("yunfan/wu", PASSWORD).await.status, 429);
            app.clock.advance(wait);
            answer = client.moved().sign_in("yunfan/wu", WRONG).await;
        }
        assert_eq!(answer.status, 422);
    }
    assert_eq!(waits, [0, 0, 0, 1, 2, 4, 8, 16, 32]);
}

#[tokio::test]
async fn ten_failures_close_an_account_for_strangers_but_not_for_a_browser_it_knows() {
    let app = App::new().await;
    let second = app.second_server().await;
    let victim = app.sign_in("yunfan/wu").await;
    victim.post("/sign-out", &[]).await;
    assert!(victim.cookie("pc_browser").is_some());
    fail(&app, &app.anonymous(), "yunfan/wu", 10).await;
    for server in [&app.server, &second] {
        let stranger = app.anonymous().at(server);
        assert_eq!(stranger.sign_in("yunfan/wu", PASSWORD).await.status, 429, "a stranger gets in");
        assert_eq!(stranger.sign_in("Yunfan/WU ", PASSWORD).await.status, 429, "another spelling gets around");
    }
    assert_eq!(victim.at(&second).sign_in("yunfan/wu", PASSWORD).await.status, 303, "the member is locked out");
    assert_eq!(app.anonymous().sign_in("yunfan/chen", PASSWORD).await.status, 303);
    app.clock.advance(15 * 60);
    assert_eq!(app.anonymous().sign_in("yunfan/wu", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_closed_just_the_same() {
    let app = App::new().await;
    fail(&app, &app.anonymous(), "yunfan/nobody", 10).await;
    assert_eq!(app.anonymous().sign_in("yunfan/nobody", WRONG).await.status, 429);
}

#[tokio::test]
async fn the_mark_of_a_known_browser_cannot_be_made_up_or_lent() {
    let app = App::new().await;
    let chen = app.sign_in("yunfan/chen").await;
    let of_chen = chen.cookie("pc_browser").unwrap();
    fail(&app, &app.anonymous(), "yunfan/wu", 10).await;
    let flipped: String = of_chen.chars().rev().collect();
    for mark in [of_chen.as_str(), &flipped, &"0".repeat(96), "x", ""] {
        let client = app.anonymous();
        client.set_cookie("pc_browser", mark);
        assert_eq!(client.sign_in("yunfan/wu", PASSWORD).await.status, 429, "{mark}");
    }
}

#[tokio::test]
async fn a_known_browser_does_not_guess_for_ever_either() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    wu.post("/sign-out", &[]).await;
    fail(&app, &wu, "yunfan/wu", 10).await;
    assert_eq!(wu.moved().sign_in("yunfan/wu", PASSWORD).await.status, 429);
    assert_eq!(app.anonymous().sign_in("yunfan/wu", PASSWORD).await.status, 303, "others are not held up by it");
}

#[tokio::test]
async fn one_source_fails_so_many_times_over_all_accounts() {
    let app = App::new().await;
    let source = app.anonymous();
    for number in 0..25 {
        assert_eq!(source.sign_in(&format!("yunfan/guess{number}"), WRONG).await.status, 422, "{number}");
    }
    let answer = source.neighbour().sign_in("yunfan/wu", PASSWORD).await;
    assert_eq!(answer.status, 429);
    let wait: i64 = answer.header("retry-after").parse().unwrap();
    assert!((295..=300).contains(&wait), "{wait}");
    assert_eq!(source.moved().sign_in("yunfan/wu", PASSWORD).await.status, 303, "another source is not held up");
    app.clock.advance(301);
    assert_eq!(source.sign_in("yunfan/wu", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn success_is_no_failure() {
    let app = App::new().await;
    let source = app.anonymous();
    for _ in 0..40 {
        assert_eq!(source.neighbour().sign_in("yunfan/wu", PASSWORD).await.status, 303);
    }
    source.sign_in("yunfan/wu", WRONG).await;
    source.sign_in("yunfan/wu", WRONG).await;
    assert_eq!(source.sign_in("yunfan/wu", PASSWORD).await.status, 303);
    for _ in 0..3 {
        assert_eq!(source.neighbour().sign_in("yunfan/wu", WRONG).await.status, 422, "old failures still count");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_at_the_same_moment_count_like_those_one_after_another() {
    let app = App::new().await;
    let second = app.second_server().await;
    let mut guesses = tokio::task::JoinSet::new();
    for number in 0..20 {
        let client = app.anonymous().at(if number % 2 == 0 { &app.server } else { &second });
        guesses.spawn(async move { client.sign_in("yunfan/wu", WRONG).await.status });
    }
    let statuses = guesses.join_all().await;
    let looked_at = statuses.iter().filter(|status| **status == 422).count();
    assert_eq!(looked_at, 3, "{statuses:?}");
}

#[tokio::test]
async fn a_known_browser_is_not_held_up_by_whoever_guesses_from_the_same_office() {
    let app = App::new().await;
    let member = app.sign_in("yunfan/wu").await;
    member.post("/sign-out", &[]).await;
    for number in 0..25 {
        assert_eq!(member.neighbour().sign_in(&format!("yunfan/guess{number}"), WRONG).await.status, 422, "{number}");
    }
    assert_eq!(member.neighbour().sign_in("yunfan/chen", PASSWORD).await.status, 429, "the source waits");
    assert_eq!(member.sign_in("yunfan/wu", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn whoever_goes_on_trying_while_it_has_to_wait_does_not_fill_the_trail() {
    let app = App::new().await;
    let client = app.anonymous();
    for _ in 0..3 {
        assert_eq!(client.moved().sign_in("yunfan/wu", WRONG).await.status, 422);
    }
    let before = app.audited("sign_in_refused").await;
    for _ in 0..20 {
        assert_eq!(client.moved().sign_in("yunfan/wu", WRONG).await.status, 429);
    }
    assert_eq!(app.audited("sign_in_refused").await, before + 1);
    app.clock.advance(2);
    assert_eq!(client.moved().sign_in("yunfan/wu", WRONG).await.status, 422);
    for _ in 0..20 {
        assert_eq!(client.moved().sign_in("yunfan/wu", WRONG).await.status, 429);
    }
    assert_eq!(app.audited("sign_in_refused").await, before + 3, "the next failure, and the next wait");
}

#[tokio::test]
async fn the_old_password_is_not_guessed_in_a_browser_that_was_left_open() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let change = |old: &'static str| [("old", old), ("new", "Another-2026"), ("again", "Another-2026")];
    for _ in 0..3 {
        assert_eq!(wu.post("/change-password", &change(WRONG)).await.status, 422);
    }
    assert_eq!(app.audited("password_refused").await, 3);
    assert_eq!(wu.post("/change-password", &change(PASSWORD)).await.status, 429);
    app.clock.advance(2);
    assert_eq!(wu.post("/change-password", &change(PASSWORD)).await.status, 303);
}
