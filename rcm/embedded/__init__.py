"""The product on one machine: PostgreSQL and Valkey from their wheels, and every process under one
supervisor.

Imports no Django settings, except `prepare`, which is a process of its own.
"""
