"""270, eligibility questions. Source: X12 005010X279A1, facts only."""

BLOCKS = {
    "member": """
REF S9 R=$member_references R
use address-if-known
PRV S1 R=$provider_roles R=9K,D3,EI,HPI,PXC,SY,TJ R
DMG S1 S=D8 S S=F,M
""",
    "member-rest": """
HI S1 R(R=ABF,ABK,BF,BK R) S(R=^ R)x7
DTP S2 R=102,291 R=D8,RD8 R
""",
    "question": """
EQ R1 S S(R=AD,CJ,HC,ID,IV,N4,ZZ R S S S S) S S S(R=1,2,3,4,5,6,7,8 S=^ S=^ S=^)
AMT S1 R=R R
AMT S1 R=PB R
III S1 R=ZZ R
REF S1 R=9F,G1 R
DTP S1 R=291 R=D8,RD8 R
""",
}

GUIDE = """\
ST R1 R=270 R R
BHT R1 R=0022 R=01,13 S R R S=RT
loop 2000A R*
  HL R1 R N R=20 R=1
  loop 2100A R1
    NM1 R1 R=2B,36,GP,P5,PR R=1,2 S S S N S R=24,46,FI,NI,PI,XV,XX R
  loop 2000B R*
    HL R1 R R R=21 R=1
    loop 2100B R1
      NM1 R1 R=1P,2B,36,80,FA,GP,P5,PR R=1,2 S S S N S R=24,34,FI,PI,PP,SV,XV,XX R
      REF S9 R=$provider_references R S
      use address-if-known
      PRV S1 R=$provider_roles S=PXC S
    loop 2000C R*
      HL R1 R R R=22 R=0,1
      TRN S2 R=1 R R S
      loop 2100C R1
        NM1 R1 R=IL R=1 S S S N S S=II,MI,ZZ S
        use member
        INS S1 R=Y R=18 N14 S
        use member-rest
        loop 2110C S99
          use question
      loop 2000D S*
        HL R1 R R R=23 R=0
        TRN S2 R=1 R R S
        loop 2100D R1
          NM1 R1 R=03 R=1 S S S N S
          use member
          INS S1 R=N R=01,19,34 N14 S
          use member-rest
          loop 2110D R99
            use question
SE R1 R R
"""
