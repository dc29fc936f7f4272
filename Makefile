# `make` alone says what there is to make. On a fresh machine every target installs what it needs first.
.DEFAULT_GOAL := help
.PHONY: help run dev build test check soak bench setup-build setup-test setup-check programs bundle

ARGS ?= serve --demo

help: ## Say what each target does
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name what; do \
	  printf '  make %-8s %s\n' "$$name" "$$what"; done

run: setup-build programs bundle ## Serve the demo centre; ARGS="serve --listen …" serves something else
	exec target/debug/parvis $(ARGS)

dev: setup-build programs ## Serve the demo and rebuild whatever changes
	target/debug/xtask dev $(ARGS)

build: setup-build programs bundle ## Build the one file to deploy: target/release/parvis
	cargo build --release --package parvis --bin parvis
	@ls -lh target/release/parvis

test: setup-build setup-test programs bundle ## Run every test, on SQLite and on PostgreSQL, then in a browser
	PARVIS=$(CURDIR)/target/debug/parvis scripts/with-postgres.sh cargo test --workspace
	PARVIS=$(CURDIR)/target/debug/parvis npm test

check: setup-build setup-check programs ## Look at format, lints, architecture and licences
	cargo fmt --all --check
	target/debug/xtask check-architecture
	PATH="$(CURDIR)/target/tools:$$PATH" cargo deny --locked check bans licenses sources
	cargo clippy --workspace --all-targets --locked -- --deny warnings
	cargo clippy --package app --lib --no-default-features --features hydrate --locked -- --deny warnings

# What is long: fifty times as many random days and months, races of ten thousand rounds, more generated requests, every
# page in every state, and faults that are seeded on purpose. An hour or more.
soak: setup-build setup-test programs bundle ## Search for faults for an hour or more
	@scripts/setup-mutants.sh
	PARVIS_SOAK=1 cargo test --profile soak --package domain
	PARVIS_SOAK=1 scripts/with-postgres.sh cargo test --package services -- races timer
	cargo build --release --package parvis --bin parvis --package journeys
	PARVIS_SOAK=1 PARVIS=$(CURDIR)/target/release/parvis cargo test --package journeys --test api -- --test-threads 1 floods generated
	PARVIS_SOAK=1 PARVIS=$(CURDIR)/target/debug/parvis npm run soak
	scripts/mutants.sh

# The journeys with the program: one set of features, so that both are compiled once.
bench: setup-build programs bundle ## Measure a release build (some minutes); BENCH="next pages" measures parts
	@scripts/setup-postgres.sh
	cargo build --release --package parvis --bin parvis --package journeys
	cargo bench --package journeys --bench core
	PARVIS=$(CURDIR)/target/release/parvis scripts/with-postgres.sh cargo bench --quiet --package journeys --bench load -- $(BENCH)

# The workspace's programs together: one set of features, so that tests use the same compiled dependencies.
programs:
	@printf '\033[1m==> Compiling (the first time takes some minutes)\033[0m\n'
	cargo build --workspace --bins

bundle: programs
	@target/debug/xtask bundle

setup-build:
	@scripts/setup-native.sh
	@scripts/setup-node.sh
	@scripts/setup-wasm.sh

setup-test:
	@scripts/setup-browser.sh
	@scripts/setup-postgres.sh
	@scripts/setup-schemathesis.sh

setup-check:
	@scripts/setup-deny.sh
