"""999, acknowledgment of a group. Source: X12 005010X231A1, facts only."""

GUIDE = """\
ST R1 R=999 R S
AK1 R1 R=BE,FA,HB,HC,HI,HN,HP,HR,HS,RA R S
loop 2000 S*
  AK2 R1 R R S
  loop 2100 S*
    IK3 R1 R R S S=1,2,3,4,5,6,7,8,I4,I6,I7,I8,I9
    CTX S10 R(R S) S S S S(R S S) S(R S)
    loop 2110 S*
      IK4 R1 R(R S S) S R=1,2,3,4,5,6,7,8,9,10,11,12,13,I6,I9,I10,I11,I12,I13 S
      CTX S10 R(R S) S S S S(R S S) S(R S)
  IK5 R1 R=A,E,M,R,W,X S=$set_errors S=^ S=^ S=^ S=^
AK9 R1 R=A,E,M,P,R,W,X R R R S=$group_errors S=^ S=^ S=^ S=^
SE R1 R R
"""
