"""The demo world: fictional practices, people, payers, visits and the mistakes people make in them."""
