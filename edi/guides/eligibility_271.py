"""271, eligibility answers. Source: X12 005010X279A1, facts only."""

BLOCKS = {
    "member": """
REF S9 R=$member_references R S
use address-if-known
AAA S9 R=N,Y N R R=$follow_up
PRV S1 R=$provider_roles S=9K,D3,EI,HPI,PXC,SY,TJ S
DMG S1 S=D8 S S=F,M,U
""",
    "member-rest": """
HI S1 R(R=ABF,ABK,BF,BK R) S(R=^ R)x7
DTP S9 R R=D8,RD8 R
MPI S1 R=C,L,O,P,S,T R R S S S=D8,RD8 S
""",
    "benefit": """
EB R1 R=$benefits S=CHD,DEP,ECH,EMP,ESP,FAM,IND,SPC,SPO S S S S S S S=$quantities S S=N,U,Y S=N,U,W,Y \
S(R=AD,CJ,HC,ID,IV,N4,ZZ R S S S S N S) S(R=1,2,3,4,5,6,7,8 S=^ S=^ S=^)
HSD S9 S=DY,FL,HS,MN,VS S S=DA,MO,VS,WK,YR S S=6,7,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35 S S S
REF S9 R R S
DTP S20 R R=D8,RD8 R
AAA S9 R=N,Y N R R=$follow_up
MSG S10 R
""",
    "more": """
III R1 S=BF,BK,GR,NI,ZZ S N S
""",
    "benefit-party": """
NM1 R1 R R=1,2 S S S N S S=24,34,46,FA,FI,II,MI,NI,PI,PP,SV,XV,XX S S=01,02,27,41,48,65,72
use address-if-known
PER S3 R=IC S S=ED,EM,FX,TE,UR,WP S S=ED,EM,EX,FX,TE,UR,WP S S=ED,EM,EX,FX,TE,UR,WP S
PRV S1 R=$provider_roles S=PXC S
""",
}

GUIDE = """\
ST R1 R=271 R R
BHT R1 R=0022 R=06,11 S R R S=RT
loop 2000A R*
  HL R1 R N R=20 R=0,1
  AAA S9 R=N,Y N R=04,41,42,79 R=$follow_up
  loop 2100A R1
    NM1 R1 R=2B,36,GP,P5,PR R=1,2 S S S N S R=24,46,FI,NI,PI,XV,XX R
    PER S3 R=IC S S=ED,EM,FX,TE,UR S S=ED,EM,EX,FX,TE,UR S S=ED,EM,EX,FX,TE,UR S
    AAA S9 R=N,Y N R=04,41,42,79,80,T4 R=$follow_up
  loop 2000B S*
    HL R1 R R R=21 R=0,1
    loop 2100B R1
      NM1 R1 R=1P,2B,36,80,FA,GP,P5,PR R=1,2 S S S N S R=24,34,FI,PI,PP,SV,XV,XX R
      REF S9 R=$provider_references R S
      use address-if-known
      AAA S9 R=N,Y N R=15,41,43,44,45,46,47,48,50,51,79,97,T4 R=$follow_up
      PRV S1 R=$provider_roles S=PXC S
    loop 2000C S*
      HL R1 R R R=22 R=0,1
      TRN S3 R=1,2 R R S
      loop 2100C R1
        NM1 R1 R=IL R=1,2 S S S N S S=II,MI,ZZ S
        use member
        INS S1 R=Y R=18 S=001 S=25 N12 S
        use member-rest
        loop 2110C S*
          use benefit
          loop 2115C S10
            use more
          LS S1 R
          loop 2120C S23
            use benefit-party
          LE S1 R
      loop 2000D S*
        HL R1 R R R=23 R=0
        TRN S3 R=1,2 R R S
        loop 2100D R1
          NM1 R1 R=03 R=1 S S S N S
          use member
          INS S1 R=N R=01,19,20,21,34,39,40,53,G8 S=001 S=25 N12 S
          use member-rest
          loop 2110D S*
            use benefit
            loop 2115D S10
              use more
            LS S1 R
            loop 2120D S23
              use benefit-party
            LE S1 R
SE R1 R R
"""
