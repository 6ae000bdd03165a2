"""Turn-taking from outside: how soon somebody is answered, and how rarely cut off."""
