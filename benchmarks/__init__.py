"""Where the figures come from: each module measures one room with one command."""
