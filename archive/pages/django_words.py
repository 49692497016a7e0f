"""What Django's own desk says and is said otherwise here: `locale/` has it in the words of the glossary.

Translations of a project go before those of Django; named here, they stay when messages are renewed.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop as _

OF_DJANGO: Final = (
    _("Save and add another"),
    _("Save and continue editing"),
    _("Save and view"),
    _("Delete"),
    _("Delete?"),
    _("Remove"),
    _("Add another %(verbose_name)s"),
    _("Add %(name)s"),
    _("Add %s"),
    _("Change %s"),
    _("View %s"),
    _("View"),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Go"),
    _("Run the selected action"),
    _("Action:"),
    _("Show all"),
    _("Log in"),
    _("Log in again"),
    _("Change password"),
    _("Password change"),
    _("Change my password"),
    _("Set password"),
    _("Your password was changed."),
    _("Welcome,"),
    _("Start typing to filter…"),
    _("Filter navigation items"),
    _("Toggle navigation"),
    _("Breadcrumbs"),
    _(
        "Please enter the correct %(username)s and password for a staff account. Note that both fields may be "
        "case-sensitive."
    ),
    _("Please enter a correct %(username)s and password. Note that both fields may be case-sensitive."),
    _("Filter"),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("You may edit it again below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("No action selected."),
    _("Items must be selected in order to perform actions on them. No items have been changed."),
    _("Select this object for an action - {}"),
    _("Select all objects on this page for an action"),
    _("Click here to select the objects across all pages"),
    _("Clear selection"),
    _("Delete selected %(verbose_name_plural)s"),
    _("Yes, I’m sure"),
    _("No, take me back"),
    _("Authentication and Authorization"),
    _("group"),
    _("groups"),
)
