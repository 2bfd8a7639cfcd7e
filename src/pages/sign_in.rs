//! Signing in: with one's own account or, while the server runs a demonstration, as one of its people.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wire::{Demonstration, DemonstrationPerson};

use super::error_summary::{Fault, Place, errors, lead_to_errors};
use super::head::head;
use super::telling::names;
use crate::account::{Door, use_door};
use crate::api::Trouble;
use crate::widgets;

/// Signing in.
#[component]
pub fn SignIn() -> impl IntoView {
    let door = use_door();
    let entry = Entry {
        door,
        login: RwSignal::new(String::new()),
        password: RwSignal::new(String::new()),
        fault: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let demonstration = LocalResource::new(move || async move { door.demonstration().await.ok() });
    let people = move || {
        demonstration
            .get()
            .flatten()
            .map(|demonstration| people(entry, demonstration))
    };
    let lede = view! {
        <p class="lede">
            "Write down what you saw and heard, with each child in their own words. It works without a signal."
        </p>
    };
    let own = move || {
        let is_demonstration = demonstration.get().flatten().is_some();
        if is_demonstration {
            "Or with your own account"
        } else {
            "With your account"
        }
    };
    view! {
        <main class="page flow" id="main" tabindex="-1">
            {errors("You are not signed in yet", entry.faults())}
            {head(None, "Sign in".to_owned(), lede)}
            {people}
            <section class="card flow" aria-labelledby="own">
                <h2 id="own">{own}</h2>
                {account(entry)}
            </section>
        </main>
    }
}

/// What has been entered.
#[derive(Clone, Copy)]
struct Entry {
    door: Door,
    login: RwSignal<String>,
    password: RwSignal<String>,
    fault: RwSignal<Option<Fault>>,
    /// The server is being asked.
    busy: RwSignal<bool>,
}

impl Entry {
    fn faults(self) -> Signal<Vec<Fault>> {
        Signal::derive(move || self.fault.get().into_iter().collect())
    }

    fn enter(self) {
        let (login, password) = (self.login.get_untracked(), self.password.get_untracked());
        let missing = [
            (&login, "login", "Enter your user name"),
            (&password, "password", "Enter your password"),
        ];
        let missing = missing.into_iter().find(|(text, ..)| text.trim().is_empty());
        match missing {
            Some((_, id, words)) => self.tell(id, words.to_owned()),
            None => self.sign_in(login, password),
        }
    }

    fn sign_in(self, login: String, password: String) {
        // Pressed twice, it is one attempt.
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.fault.set(None);
        spawn_local(async move {
            let result = self.door.sign_in(login, password).await;
            if let Err(trouble) = result {
                self.busy.set(false);
                self.tell("login", words(&trouble));
            }
        });
    }

    fn tell(self, id: &str, words: String) {
        let place = Place::Here(id.to_owned());
        self.fault.set(Some(Fault { words, place }));
        lead_to_errors();
    }

    fn words_at(self, id: &'static str) -> Option<String> {
        let place = Place::Here(id.to_owned());
        self.fault.with(|fault| {
            fault
                .as_ref()
                .filter(|fault| fault.place == place)
                .map(|fault| fault.words.clone())
        })
    }
}

/// What to do about not being let in.
fn words(trouble: &Trouble) -> String {
    match trouble {
        // Which of the two is wrong is nobody's business.
        Trouble::SignedOut(_) => {
            "Enter your user name and password again: they do not match an account".to_owned()
        }
        Trouble::Unreachable => {
            "Connect to the internet to sign in. There is no connection to Firsthand at present".to_owned()
        }
        Trouble::Unreadable | Trouble::Problem(_) => trouble.to_string(),
    }
}

fn account(entry: Entry) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        entry.enter();
    };
    view! {
        <form class="flow" novalidate on:submit=submit>
            {field(entry, "login", "User name", "text", "username", entry.login)}
            {field(entry, "password", "Password", "password", "current-password", entry.password)}
            <button class="button" aria-disabled=move || entry.busy.get().then_some("true")>
                {move || if entry.busy.get() { "Signing in…" } else { "Sign in" }}
            </button>
        </form>
    }
    .into_any()
}

fn field(
    entry: Entry,
    id: &'static str,
    label: &'static str,
    kind: &'static str,
    remembered_as: &'static str,
    text: RwSignal<String>,
) -> AnyView {
    let said_id = format!("{id}-said");
    view! {
        <div class=move || if entry.words_at(id).is_some() { "field wrong" } else { "field" }>
            <label class="field-label" for=id>{label}</label>
            <div class="field-said" id=said_id.clone()>
                {move || entry.words_at(id).map(|words| widgets::error(&words))}
            </div>
            <input
                class="input"
                id=id
                type=kind
                autocomplete=remembered_as
                autocapitalize="none"
                aria-describedby=said_id
                aria-invalid=move || entry.words_at(id).is_some().then_some("true")
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

/// The people of the demonstration, to sign in as with one press.
fn people(entry: Entry, demonstration: Demonstration) -> AnyView {
    let people = demonstration.people.into_iter().map(|person| {
        let DemonstrationPerson {
            login,
            password,
            name,
            roles,
            team_name,
        } = person;
        let roles: Vec<&str> = roles.iter().map(|role| role.label()).collect();
        let role = format!("{}, {team_name}", names::list(&roles));
        let enter = move |_| entry.sign_in(login.clone(), password.clone());
        view! {
            <li>
                <button class="person" type="button" on:click=enter>
                    <span class="person-mark" aria-hidden="true">{names::initials(&name)}</span>
                    <span class="person-name">{name}</span>
                    <span class="person-role">{role}</span>
                </button>
            </li>
        }
    });
    view! {
        <section class="flow" aria-labelledby="demo">
            <div class="note">
                <h2 class="note-title" id="demo">"This is a demonstration"</h2>
                <p>"Everyone in it is made up. Sign in as one of these people; no password is needed."</p>
            </div>
            <ul class="people" role="list">{people.collect_view()}</ul>
        </section>
    }
    .into_any()
}
