//! The table of what the server can be asked, and who may ask it. One file for each group of answers.

mod files;
mod forms;
mod health;
mod lists;
mod records;
mod session;

use record::Permission;
use wire::paths;

use crate::access::Access;
use crate::routes::{Routes, Verb};

/// Everything under `/api`.
pub(crate) fn add(routes: Routes) -> Routes {
    use Access::{Needs, Public};
    use Verb::{Delete, Get, Post, Put};

    let anyone = |because| Public { because };
    routes
        .add(
            Get,
            health::PATH,
            anyone("a balancer asks it, and learns only whether the store answers"),
            health::ask,
        )
        .add(
            Post,
            paths::SESSION,
            anyone("nobody is signed in before they sign in"),
            session::begin,
        )
        .add(
            Delete,
            paths::SESSION,
            anyone("signing out does no harm, and must not fail because the session is over"),
            session::end,
        )
        .add(
            Get,
            paths::SESSION,
            anyone("it tells people who they are themselves, and whoever is nobody yet, just that"),
            session::me,
        )
        .add(
            Get,
            paths::DEMONSTRATION,
            anyone("made-up people, shown before anyone is signed in, and only in a demonstration"),
            session::demonstration,
        )
        .add(Get, paths::FORMS, Needs(Permission::SeeForms), forms::list)
        .add(Get, paths::FORM, Needs(Permission::SeeForms), forms::one)
        .add(
            Get,
            paths::FAMILIES,
            Needs(Permission::SeeFamilies),
            lists::families,
        )
        .add(
            Post,
            paths::RECORDS,
            Needs(Permission::StartRecords),
            records::start,
        )
        .add(Get, paths::EVENTS, Needs(Permission::SeeRecords), records::events)
        // What a command needs beyond this depends on the command, and is `record::decide`'s to say.
        .add(
            Post,
            paths::COMMANDS,
            Needs(Permission::SeeRecords),
            records::post,
        )
        .add(Get, paths::FILES, Needs(Permission::SeeRecords), files::list)
        .add(Put, paths::FILE, Needs(Permission::WriteRecords), files::put)
        .add(Get, paths::FILE, Needs(Permission::SeeRecords), files::give)
        .add(Get, paths::WORK, Needs(Permission::SeeRecords), lists::work)
        .add(
            Get,
            paths::SIGN_OFF,
            Needs(Permission::DecideSignOff),
            lists::sign_off,
        )
}
