"""Segments around transaction sets. Source: X12 005010 control segments, facts only."""

GUIDE = """\
ISA R1 R=00,03 R R=00,01 R R=01,14,20,27,28,29,30,33,ZZ R R=01,14,20,27,28,29,30,33,ZZ R R R R R=00501 R R=0,1 R=P,T R
TA1 S1 R R R R=A,E,R R
GS R1 R R R R R R R=X R
GE R1 R R
IEA R1 R R
"""
