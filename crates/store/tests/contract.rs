//! What any store must do, as laws that each implementation is held to. A new database is one more line at the end
//! and one more function in `contract/places.rs`.

#[cfg(test)]
mod contract {
    //! The laws, one file for each of the store's traits, and what they are tried on.
    pub(crate) mod families;
    pub(crate) mod files;
    pub(crate) mod forms;
    pub(crate) mod people;
    pub(crate) mod places;
    pub(crate) mod records;
    pub(crate) mod sessions;
    pub(crate) mod specimens;
}

/// Makes a test of each law for one implementation.
macro_rules! hold {
    ($place:ident to: $($part:ident { $($law:ident)* })*) => {
        mod $place {
            $(mod $part {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $law() {
                    let place = crate::contract::places::$place().await;
                    crate::contract::$part::$law(&place.store).await;
                })*
            })*
        }
    };
}

macro_rules! hold_to_every_law {
    ($place:ident) => {
        hold! { $place to:
            records {
                events_are_read_back_as_they_were
                events_are_read_from_any_place
                an_append_that_does_not_follow_the_head_conflicts
                of_many_appends_at_one_head_exactly_one_is_kept
                an_event_id_is_used_once_and_in_one_record
                a_batch_is_kept_wholly_or_not_at_all
                events_that_contradict_each_other_are_refused
                a_record_of_an_unpublished_form_is_refused
                a_summary_is_replaced_with_each_append
                records_are_found_by_every_mixture_of_what_is_sought
                a_list_in_slices_is_the_whole_list
                every_record_is_listed_by_its_id
            }
            files {
                a_file_is_read_back_byte_for_byte
                keeping_a_file_again_changes_nothing
                a_file_is_of_the_records_that_it_was_given_to
                a_file_needs_a_record_that_is_there_and_its_own_content
                of_many_who_give_one_file_all_succeed
            }
            forms {
                a_form_is_read_back_byte_for_byte
                publishing_what_is_there_changes_nothing
                a_version_is_not_published_with_other_content
                a_replaced_version_leaves_the_old_form_readable
            }
            people {
                accounts_are_found_by_person_and_by_name
                a_user_name_is_one_persons_in_any_case
                an_account_needs_a_team_that_is_there
                teams_are_unlike_each_other
                attempts_are_counted_one_at_a_time
                attempts_are_forgotten_by_name_and_by_age
            }
            families {
                families_are_listed_with_their_children_in_order
                children_are_found_in_the_order_asked_for
                a_child_is_of_one_family
            }
            sessions {
                a_session_is_found_until_it_ends
                a_session_needs_a_person_and_a_key_of_its_own
                overdue_sessions_end_and_others_stay
                the_epoch_stays
            }
        }
    };
}

hold_to_every_law!(memory);
hold_to_every_law!(sqlite);
